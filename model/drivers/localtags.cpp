// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/drivers/localtags.h"

#include "model/core/pooltag.h"
#include "model/drivers/armload.h"
#include "model/drivers/driverfile.h"

#include <QFileInfo>
#include <QMap>
#include <QtEndian>

#include <algorithm>

namespace poolscope {

namespace {

/// Printable, with a letter, and not beginning with a blank.
bool isLikeATag(const QByteArray &bytes)
{
    const auto isPrintable = [](char c) { return c >= ' ' && c <= '~'; };
    const auto isLetter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
    return std::ranges::all_of(bytes, isPrintable) && bytes[0] != ' ' && std::ranges::any_of(bytes, isLetter);
}

void take(QByteArray bytes, QSet<QByteArray> &tags)
{
    bytes = withoutProtectedBit(bytes);
    if (isLikeATag(bytes))
        tags.insert(bytes);
}

/// Behind every place where the opcode stands; instructions may begin at any byte.
void takeBehind(QByteArrayView opcode, QByteArrayView code, QSet<QByteArray> &tags)
{
    for (qsizetype at = code.indexOf(opcode); at >= 0; at = code.indexOf(opcode, at + 1)) {
        const qsizetype tag = at + opcode.size();
        if (tag + PoolTagLength <= code.size())
            take(code.sliced(tag, PoolTagLength).toByteArray(), tags);
    }
}

void takeArmLoads(QByteArrayView code, QSet<QByteArray> &tags)
{
    constexpr qsizetype InstructionBytes = 4;
    for (qsizetype at = 0; at < code.size(); at += InstructionBytes) {
        const auto load = armLoadAt(code, at, code.size());
        if (load && load->isThirdArgument()) {
            QByteArray bytes(PoolTagLength, '\0');
            qToLittleEndian(load->number, bytes.data());
            take(bytes, tags);
        }
    }
}

QSet<QByteArray> tagsOfFile(const QString &path)
{
    const Result<QByteArray> bytes = readDriverFile(path);
    if (!bytes)
        return {};
    const Result<PeImage> image = PeImage::fromBytes(bytes.value());
    return image ? tagsInCode(image.value(), bytes.value()) : QSet<QByteArray>();
}

} // namespace

QSet<QByteArray> tagsInCode(const PeImage &image, QByteArrayView file)
{
    QSet<QByteArray> tags;
    for (const PeImage::Range &range : image.code) {
        const QByteArrayView code = file.sliced(range.offset, range.size);
        switch (image.machine) {
        case PeImage::Machine::X64:
            takeBehind("\x41\xB8", code, tags);
            break;
        case PeImage::Machine::X86:
            takeBehind("\x68", code, tags);
            break;
        case PeImage::Machine::Arm64:
            takeArmLoads(code, tags);
            break;
        case PeImage::Machine::Other:
            break;
        }
    }
    return tags;
}

QByteArray localTagText(const QStringList &driverFiles, const Progress &goesOn)
{
    QMap<QByteArray, QStringList> drivers; // by tag
    for (qsizetype i = 0; i < driverFiles.size(); ++i) {
        if (goesOn && !goesOn(static_cast<double>(i) / static_cast<double>(driverFiles.size())))
            break;
        for (const QByteArray &tag : tagsOfFile(driverFiles[i]))
            drivers[tag] << QFileInfo(driverFiles[i]).completeBaseName();
    }
    if (drivers.isEmpty())
        return {};
    QByteArray text("// Made by PoolScope: the drivers whose code names a tag. Some do by chance.\r\n");
    for (auto [tag, names] : drivers.asKeyValueRange()) {
        names.removeDuplicates();
        text += tag + " - " + names.join(u',').toUtf8() + "\r\n";
    }
    return text;
}

} // namespace poolscope
