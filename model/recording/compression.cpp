// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/compression.h"

#include <zstd.h>

#include <new>

namespace poolscope {

namespace {

struct FreeContext
{
    void operator()(ZSTD_CCtx *context) const { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx *context) const { ZSTD_freeDCtx(context); }
};

/// No frame that we write holds its content in fewer bytes than one in this many; a size that a damaged
/// header claims is not believed, nor memory taken for it.
constexpr quint64 MostRatio = 64 * 1024;

} // namespace

class Compression::Contexts
{
public:
    std::unique_ptr<ZSTD_CCtx, FreeContext> in{ZSTD_createCCtx()};
    std::unique_ptr<ZSTD_DCtx, FreeContext> out{ZSTD_createDCtx()};
};

Compression::Compression()
    : m_contexts(std::make_unique<Contexts>())
{
    if (!m_contexts->in || !m_contexts->out)
        throw std::bad_alloc();
    ZSTD_CCtx_setParameter(m_contexts->in.get(), ZSTD_c_checksumFlag, 1);
}

Compression::~Compression() = default;

QByteArray Compression::packed(QByteArrayView content, int level)
{
    ZSTD_CCtx *context = m_contexts->in.get();
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level);
    const auto size = static_cast<size_t>(content.size());
    QByteArray blob(static_cast<qsizetype>(ZSTD_compressBound(size)), Qt::Uninitialized);
    const size_t written =
        ZSTD_compress2(context, blob.data(), static_cast<size_t>(blob.size()), content.data(), size);
    if (ZSTD_isError(written) != 0)
        throw std::bad_alloc(); // the one thing that can fail here
    blob.truncate(static_cast<qsizetype>(written));
    return blob;
}

std::optional<QByteArray> Compression::unpacked(QByteArrayView blob)
{
    const auto size = static_cast<size_t>(blob.size());
    const quint64 claimed = ZSTD_getFrameContentSize(blob.data(), size);
    if (claimed > MaxContent || claimed / MostRatio > size)
        return std::nullopt;
    QByteArray content(static_cast<qsizetype>(claimed), Qt::Uninitialized);
    const size_t read = ZSTD_decompressDCtx(
        m_contexts->out.get(), content.data(), static_cast<size_t>(content.size()), blob.data(), size);
    if (ZSTD_isError(read) != 0 || read != claimed)
        return std::nullopt;
    return content;
}

} // namespace poolscope
