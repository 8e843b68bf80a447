// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/poolmontext.h"

#include "model/formats/linetext.h"
#include "model/formats/poolmonrow.h"
#include "model/formats/poolmonsheet.h"
#include "model/formats/samplebuilder.h"

#include <QStringDecoder>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// PowerShell turns the program's bytes into UTF-16; the table itself is Latin-1.
QByteArray asBytes(const QByteArray &text)
{
    if (text.startsWith("\xFF\xFE")) {
        QStringDecoder decoder(QStringDecoder::Utf16LE);
        return QString(decoder(text)).toLatin1();
    }
    return text.startsWith("\xEF\xBB\xBF") ? text.sliced(3) : text;
}

/// The first line that is lost, as an error: these samples are to be whole.
std::optional<Error> firstDamage(const std::vector<PoolMonRemark> &remarks, const QString &fileName)
{
    for (const PoolMonRemark &remark : remarks) {
        if (remark.kind == PoolMonRemark::Kind::Damaged) {
            return Error{ErrorKind::BadInput, remark.why, fileAndLine(fileName, remark.line),
                u"correct the line: tag, Nonp or Paged, then five numbers"_s};
        }
    }
    return std::nullopt;
}

SourceKind kindOf(const std::vector<PoolMonSheet> &sheets, std::optional<SourceKind> namedKind)
{
    const bool longNames = std::ranges::any_of(sheets, &PoolMonSheet::hasLongNames);
    return namedKind.value_or(longNames ? SourceKind::Slab : SourceKind::Pool);
}

std::vector<SamplePtr> samplesFromSheets(
    const std::vector<PoolMonSheet> &sheets, SourceKind kind, const QString &fileName, WallTime wall)
{
    const auto origin = originOfFile(fileName, kind);
    std::vector<SamplePtr> samples;
    for (const PoolMonSheet &sheet : sheets) {
        const SamplePtr previous = samples.empty() ? SamplePtr() : samples.back();
        samples.push_back(sampleFromSheet(sheet, kind, origin, wall, previous));
    }
    return samples;
}

} // namespace

Result<std::vector<SamplePtr>> samplesFromPoolMonText(
    const QByteArray &text, const QString &fileName, WallTime wall)
{
    const QByteArray bytes = asBytes(text);
    PoolMonSheetReader reader;
    std::vector<PoolMonSheet> sheets;
    qsizetype lineNumber = 0;
    for (qsizetype at = 0; at < bytes.size();) {
        qsizetype end = bytes.indexOf('\n', at);
        const bool isUnended = end < 0;
        if (isUnended)
            end = bytes.size();
        QByteArrayView line = QByteArrayView(bytes).sliced(at, end - at);
        at = end + 1;
        ++lineNumber;
        if (line.endsWith('\r'))
            line.chop(1);
        if (reader.take(line, lineNumber, isUnended))
            sheets.push_back(reader.finished());
        if (auto error = firstDamage(reader.takeRemarks(), fileName))
            return *std::move(error);
    }
    sheets.push_back(reader.last());
    if (auto error = firstDamage(reader.takeRemarks(), fileName))
        return *std::move(error);
    std::erase_if(sheets, [](const PoolMonSheet &sheet) { return !sheet.isSample(); });
    if (sheets.empty()) {
        return Error{ErrorKind::BadInput, u"there is no PoolMon table in this file"_s, fileName,
            u"use a file written by poolmon /n or copied from its screen, with the table's rows"_s};
    }
    const SourceKind kind = kindOf(sheets, reader.namedKind());
    for (PoolMonSheet &sheet : sheets) {
        if (kind != SourceKind::Pool)
            break;
        if (auto error = firstDamage(leaveOutLongNames(sheet), fileName))
            return *std::move(error);
    }
    return samplesFromSheets(sheets, kind, fileName, wall);
}

bool looksLikePoolMonText(const QByteArray &text)
{
    constexpr qsizetype Enough = 16'384; // headers of other programs may stand before the table
    const QByteArray head = asBytes(text.first(std::min(text.size(), Enough)));
    SystemReading system;
    PoolMonRow row;
    for (QByteArray line : head.split('\n')) {
        if (line.endsWith('\r'))
            line.chop(1);
        if (isPoolMonLine(readPoolMonLine(line, row, system)))
            return true;
    }
    return false;
}

} // namespace poolscope
