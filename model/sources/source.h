// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/sample.h"

#include <QObject>

namespace poolscope {

/// Where samples come from. A source is created on any thread, then moved to the sampler's thread and used
/// only there. It may fail at any time and be opened again.
class Source : public QObject
{
    Q_OBJECT

public:
    enum class Delivery
    {
        Pull, ///< the sampler asks with read() at its own interval
        Push, ///< samples arrive by themselves with sampleArrived(), at the pace of their producer
    };

    using QObject::QObject;

    [[nodiscard]] virtual Delivery delivery() const = 0;
    /// The URI that creates this source again, e.g. "slab:" or "command:ssh host poolscope-cli stream".
    [[nodiscard]] virtual QString uri() const = 0;
    /// For the status bar, e.g. "slab: this machine".
    [[nodiscard]] virtual QString title() const = 0;

    /// Acquires what reading needs (descriptors, a child process). After an error it may be called again.
    /// A push source starts to deliver after open().
    [[nodiscard]] virtual Result<Done> open() = 0;
    /// Releases what open() acquired; open() may follow.
    virtual void close() = 0;
    /// One sample, now. Pull sources only. Must return within a few milliseconds plus what the kernel takes.
    [[nodiscard]] virtual Result<SamplePtr> read() = 0;

signals:
    void sampleArrived(poolscope::SamplePtr sample);
    /// A push source lost its producer; the sampler closes it and opens it again after a pause.
    void failed(poolscope::Error error);
    /// A finite push source (a replay) has delivered its last sample.
    void ended();
};

} // namespace poolscope
