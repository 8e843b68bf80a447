// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/streamfile.h"

#include "model/formats/stream.h"

#include <QFile>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QByteArrayView StreamMagic("#poolscope-stream");

Error inputError(const QString &what, const QString &path, const QString &whatToDo)
{
    return {ErrorKind::BadInput, what, path, whatToDo};
}

} // namespace

bool isStreamFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.read(StreamMagic.size()) == StreamMagic;
}

Result<std::vector<SamplePtr>> readStreamFile(const QString &path)
{
    constexpr qint64 Piece = 1 << 20;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return inputError(u"cannot read the file (%1)"_s.arg(file.errorString()), path,
            u"check the name and that you may read it"_s);
    StreamReader reader(path);
    std::vector<SamplePtr> samples;
    while (!file.atEnd()) {
        reader.feed(file.read(Piece));
        if (file.error() != QFileDevice::NoError)
            return inputError(
                u"cannot read the file (%1)"_s.arg(file.errorString()), path, u"check the disk"_s);
        while (const auto next = reader.next()) {
            if (!*next)
                return next->error();
            samples.push_back(next->value());
        }
    }
    if (const auto missing = reader.finish())
        return *missing;
    if (samples.empty())
        return inputError(u"the stream holds no sample"_s, path, u"record it for longer"_s);
    return samples;
}

} // namespace poolscope
