// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/formats/pooltagparser.h"
#include "model/sources/kernelquery.h"
#include "model/sources/source.h"

#include <cstddef>
#include <memory>
#include <span>

namespace poolscope {

/// "pool:": the pool tags of this Windows machine, with PoolMon's header. Needs no administrator rights.
///
/// open() finds out which table the kernel offers: class 255 with 64-bit counters, else class 22 with
/// 32-bit ones. read() keeps its buffer and grows it while the kernel's table does.
class PoolSource : public Source
{
    Q_OBJECT

public:
    /// `kernel` may be null: then there is no Windows kernel here and open() says so.
    explicit PoolSource(std::unique_ptr<KernelQuery> kernel, QObject *parent = nullptr);
    ~PoolSource() override;

    [[nodiscard]] Delivery delivery() const override { return Delivery::Pull; }
    [[nodiscard]] QString uri() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] Result<Done> open() override;
    void close() override;
    [[nodiscard]] Result<SamplePtr> read() override;

private:
    struct Answer
    {
        quint32 status = 0;
        std::span<const std::byte> bytes; ///< into m_buffer, until the next query
    };

    Answer queryTable(PoolTagFormat::Class infoClass);
    bool growBuffer(quint32 needed);
    SystemReading systemReading();
    QString bootId();
    void makeOrigin();

    std::unique_ptr<KernelQuery> m_kernel;
    std::unique_ptr<std::byte[]> m_buffer;
    size_t m_capacity = 0;
    PoolTagParser m_parser;
    bool m_open = false;
    std::shared_ptr<const Origin> m_origin; ///< null before the first open()
    Counter m_pageFaults; ///< running total: the kernel's counter has 32 bits whatever the others have
};

/// Why `infoClass` could not be read, in words that help; every NTSTATUS that is not success.
[[nodiscard]] Error poolQueryError(quint32 status, PoolTagFormat::Class infoClass);

} // namespace poolscope
