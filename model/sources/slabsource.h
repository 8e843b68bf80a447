// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/formats/slabinfo.h"
#include "model/sources/kernelfile.h"
#include "model/sources/slabcatalogue.h"
#include "model/sources/source.h"

namespace poolscope {

/// `slab:`, the slab caches of this machine, from /proc/slabinfo, /proc/meminfo, /proc/vmstat and
/// /sys/kernel/slab; or `slab:/directory`, a copy of these files from any machine, where proc/slabinfo may
/// also lie as slabinfo in the directory itself, and where all but slabinfo may be missing. Linux only.
class SlabSource : public Source
{
    Q_OBJECT

public:
    /// `directory` is the copied tree; empty for this machine.
    explicit SlabSource(const QString &directory = {}, QObject *parent = nullptr);

    [[nodiscard]] Delivery delivery() const override { return Delivery::Pull; }
    [[nodiscard]] QString uri() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] Result<Done> open() override;
    void close() override;
    [[nodiscard]] Result<SamplePtr> read() override;

private:
    [[nodiscard]] bool isLive() const { return m_directory.isEmpty(); }
    [[nodiscard]] QString filePath(const QString &name) const;
    [[nodiscard]] Result<Done> openFiles();
    [[nodiscard]] Result<Done> readSystem(SystemReading &system);
    [[nodiscard]] Error cannotOpen(int code) const;

    QString m_directory;
    KernelFile m_slabinfo;
    KernelFile m_meminfo;
    KernelFile m_vmstat;
    SlabinfoParser m_parser;
    SlabCatalogue m_catalogue;
    std::shared_ptr<const Origin> m_origin;
    Counter m_commitPeak; ///< highest commit since this source was made: the kernel keeps none
};

} // namespace poolscope
