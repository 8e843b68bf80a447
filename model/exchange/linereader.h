// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QIODevice>
#include <QString>

namespace poolscope {

/// Walks the lines of a file of any size with bounded memory. A byte order mark is left out. Lines of UTF-16,
/// as PowerShell redirects output, become Latin-1, which is what the programs had written: with and without a
/// mark, of either byte order, and line by line, since `>>` and Add-Content mix them with plain ones. The
/// device must outlive the reader and be open.
class LineReader
{
public:
    static constexpr qsizetype LongestLine = 256LL * 1024 * 1024;

    explicit LineReader(QIODevice &device);

    /// False at the end, or when the device fails: see failure().
    [[nodiscard]] bool next();

    /// Without its line end (LF, CR LF, CR CR LF, or CR in a file that begins without any LF); valid until
    /// next(). Cut where it is longer than LongestLine.
    [[nodiscard]] QByteArrayView line() const { return m_line; }
    [[nodiscard]] qint64 number() const { return m_number; } ///< of the line, from 1
    /// The last line of the file has no line end: it may be cut off.
    [[nodiscard]] bool isUnended() const { return m_unended; }
    [[nodiscard]] bool isTooLong() const { return m_tooLong; }
    [[nodiscard]] QString failure() const { return m_failure; } ///< empty: none

private:
    enum class Width : quint8
    {
        Byte,
        LittleEndian,
        BigEndian,
    };

    [[nodiscard]] bool readMore();
    void begin(QByteArray &block);
    [[nodiscard]] QByteArrayView narrowed(QByteArrayView line);

    QIODevice &m_device;
    /// Grows with what is read: most files are small, and twelve readers look at each to tell its format.
    qsizetype m_blockSize = 16'384;
    QByteArray m_buffer;
    qsizetype m_at = 0; ///< start of what was not handed out yet
    QByteArrayView m_line;
    QByteArray m_narrowed; ///< the line, where it had to be converted
    qint64 m_number = 0;
    Width m_width = Width::Byte; ///< of the line before
    char m_lineEnd = '\n';
    bool m_started = false;
    bool m_mayBeWide = false; ///< a null byte came by
    bool m_unended = false;
    bool m_tooLong = false;
    QString m_failure;
};

/// The start of a file as LineReader would give it, for telling formats apart.
[[nodiscard]] QByteArray plainHead(const QByteArray &bytes);

} // namespace poolscope
