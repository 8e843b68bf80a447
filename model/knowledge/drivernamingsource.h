// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/knowledge/pooltagfile.h"
#include "model/sources/source.h"

#include <memory>

namespace poolscope {

/// Another source, with the drivers that a pool tag file names filled in.
class DriverNamingSource : public Source
{
    Q_OBJECT

public:
    DriverNamingSource(
        std::unique_ptr<Source> source, std::vector<PoolTagFile> files, QObject *parent = nullptr);
    ~DriverNamingSource() override;

    [[nodiscard]] Delivery delivery() const override { return m_source->delivery(); }
    [[nodiscard]] QString uri() const override { return m_source->uri(); }
    [[nodiscard]] QString title() const override { return m_source->title(); }
    [[nodiscard]] Result<Done> open() override { return m_source->open(); }
    void close() override { m_source->close(); }
    [[nodiscard]] Result<SamplePtr> read() override;

private:
    DriverNamer m_namer;
    std::unique_ptr<Source> m_source; ///< also a child, so that it changes threads with this
};

} // namespace poolscope
