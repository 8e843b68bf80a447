// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <memory>
#include <optional>
#include <span>

namespace poolscope {

/// The blobs of a recording: one zstd frame each, with the size and a checksum of what is in it. One thread.
class Compression
{
public:
    Compression();
    ~Compression();
    Compression(const Compression &) = delete;
    Compression &operator=(const Compression &) = delete;

    [[nodiscard]] QByteArray packed(QByteArrayView content, int level)
    {
        return packed({&content, 1}, level);
    }
    /// One frame of several pieces that differ in kind: each gets blocks, and so codes, of its own.
    [[nodiscard]] QByteArray packed(std::span<const QByteArrayView> pieces, int level);
    /// nullopt: damaged, or not one such frame, or more than MaxContent.
    [[nodiscard]] std::optional<QByteArray> unpacked(QByteArrayView blob);

    static constexpr quint64 MaxContent = 1024ULL * 1024 * 1024;

private:
    class Contexts;
    std::unique_ptr<Contexts> m_contexts;
};

} // namespace poolscope
