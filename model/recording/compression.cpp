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
constexpr quint64 MostRatio = 64ULL * 1024;

constexpr size_t BlockOverhead = 16;

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

QByteArray Compression::packed(std::span<const QByteArrayView> pieces, int level)
{
    ZSTD_CCtx *context = m_contexts->in.get();
    size_t size = 0;
    for (const QByteArrayView piece : pieces)
        size += static_cast<size_t>(piece.size());
    ZSTD_CCtx_reset(context, ZSTD_reset_session_only);
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setPledgedSrcSize(context, size);
    QByteArray blob(
        static_cast<qsizetype>(ZSTD_compressBound(size) + pieces.size() * BlockOverhead), Qt::Uninitialized);
    ZSTD_outBuffer out{blob.data(), static_cast<size_t>(blob.size()), 0};
    for (size_t i = 0; i < pieces.size(); ++i) {
        ZSTD_inBuffer in{pieces[i].data(), static_cast<size_t>(pieces[i].size()), 0};
        const size_t left =
            ZSTD_compressStream2(context, &out, &in, i + 1 < pieces.size() ? ZSTD_e_flush : ZSTD_e_end);
        if (left != 0) // an error code, or no room: neither can be but for want of memory
            throw std::bad_alloc();
    }
    blob.resize(static_cast<qsizetype>(out.pos));
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
