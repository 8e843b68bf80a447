// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/knowledge/pooltagfile.h"
#include "model/sources/source.h"

#include <functional>
#include <memory>
#include <optional>

namespace poolscope {

/// Another source, with the drivers of its pool tags filled in.
class DriverNamingSource : public Source
{
    Q_OBJECT

public:
    /// Asked before every sample, on the source's thread: how to name from now on; nullopt: as before.
    using NewLookup = std::function<std::optional<DriverLookup>()>;

    DriverNamingSource(
        std::unique_ptr<Source> source, const DriverLookup &driverOf, QObject *parent = nullptr);
    DriverNamingSource(std::unique_ptr<Source> source, NewLookup newLookup, QObject *parent = nullptr);
    ~DriverNamingSource() override;

    [[nodiscard]] Delivery delivery() const override { return m_source->delivery(); }
    [[nodiscard]] QString uri() const override { return m_source->uri(); }
    [[nodiscard]] QString title() const override { return m_source->title(); }
    [[nodiscard]] Result<Done> open() override { return m_source->open(); }
    void close() override { m_source->close(); }
    [[nodiscard]] Result<SamplePtr> read() override;

private:
    [[nodiscard]] SamplePtr named(const SamplePtr &sample);

    NewLookup m_newLookup; ///< null: always as at first
    DriverNamer m_namer;
    std::unique_ptr<Source> m_source; ///< also a child, so that it changes threads with this
};

} // namespace poolscope
