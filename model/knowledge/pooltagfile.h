// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/sample.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QHash>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace poolscope {

/// A line of such a file that names a tag, or with wildcards many.
struct PoolTagLine
{
    QByteArray tag; ///< padded, or a pattern without its padding
    bool isPattern = false;
    QByteArray driver; ///< all that stands behind the tag
};
/// nullopt: a comment or prose.
[[nodiscard]] std::optional<PoolTagLine> poolTagLine(QByteArrayView line);

/// A pooltag.txt as the Debugging Tools for Windows bring it, or one of the user's own: which driver a pool
/// tag belongs to. Lines read "<tag> - <binary> - <description>"; a short tag may lack its padding, a tag
/// may hold blanks and the wildcards * and ?; `//` and `rem ` begin comments, whatever reads otherwise is
/// prose and skipped. UTF-16 with a byte order mark, as PowerShell writes, is read, too. Value type,
/// immutable, any thread.
class PoolTagFile
{
public:
    [[nodiscard]] static PoolTagFile fromText(const QByteArray &text);
    /// BadInput when the file cannot be read or names no tag at all.
    [[nodiscard]] static Result<PoolTagFile> read(const QString &path);

    /// What the file says behind the tag, "afd.sys      - AFD objects": of the exact tag, else of the
    /// wildcard with the most literal characters; the protected bit (0x80 in the last byte) is looked
    /// through. Empty when it says nothing.
    [[nodiscard]] QByteArray driverOf(QByteArrayView tag) const;

    [[nodiscard]] qsizetype size() const { return m_exact.size() + std::ssize(m_wildcards); }

private:
    struct Wildcard
    {
        QByteArray pattern;
        qsizetype literals = 0;
        QByteArray driver;
    };

    void addLine(QByteArrayView line);

    QHash<QByteArray, QByteArray> m_exact;
    std::vector<Wildcard> m_wildcards; ///< most literals first
};

/// Which driver a tag belongs to; empty: not known.
using DriverLookup = std::function<QByteArray(QByteArrayView tag)>;
/// Where several files know a tag, it reads as PoolMon shows it between brackets: "ipsec][ipsec.sys -
/// timers".
[[nodiscard]] DriverLookup driversInAll(std::vector<PoolTagFile> files);

/// Fills in the drivers of samples, one after the other of one source: tags lists are shared as theirs are.
class DriverNamer
{
public:
    explicit DriverNamer(DriverLookup driverOf = {})
        : m_driverOf(std::move(driverOf))
    {
    }

    /// From now on; the next sample gets a new list of tags.
    void setLookup(DriverLookup driverOf);
    /// The sample with the drivers of its tags; those that a tag already has stay. As it is when it is not
    /// of pool tags.
    [[nodiscard]] SamplePtr named(const SamplePtr &sample);
    [[nodiscard]] std::shared_ptr<const TagList> named(
        const std::shared_ptr<const TagList> &tags, SourceKind kind);

private:
    DriverLookup m_driverOf;
    std::shared_ptr<const TagList> m_plain; ///< of the last sample
    std::shared_ptr<const TagList> m_named; ///< the same with drivers
};

} // namespace poolscope
