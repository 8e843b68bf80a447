// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"

#include <QByteArrayView>
#include <QString>

#include <vector>

namespace poolscope {

/// What is needed of a PE file to look for a tag in it and to say whose it is. Format: Microsoft's "PE
/// Format" specification; the version resource: VS_VERSIONINFO in the Windows SDK documentation.
struct PeImage
{
    enum class Machine : quint8
    {
        Other,
        X86,
        X64,
        Arm64,
    };
    struct Range
    {
        qsizetype offset = 0; ///< in the file
        qsizetype size = 0;

        [[nodiscard]] qsizetype end() const { return offset + size; }
    };

    Machine machine = Machine::Other;
    std::vector<Range> code; ///< executable sections, as far as the file holds them, in file order, apart
    QString company;
    QString description;
    QString version; ///< of the file, "10.0.19041.1"

    /// BadInput without a place: the bytes are no PE image. What a damaged image does not tell stays empty.
    [[nodiscard]] static Result<PeImage> fromBytes(QByteArrayView file);
};

/// "x64"
[[nodiscard]] QString machineWord(PeImage::Machine machine);

} // namespace poolscope
