// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/knowledge/drivernamingsource.h"

namespace poolscope {

DriverNamingSource::DriverNamingSource(
    std::unique_ptr<Source> source, std::vector<PoolTagFile> files, QObject *parent)
    : Source(parent)
    , m_namer(std::move(files))
    , m_source(std::move(source))
{
    m_source->setParent(this);
    connect(m_source.get(), &Source::sampleArrived, this,
        [this](const SamplePtr &sample) { emit sampleArrived(m_namer.named(sample)); });
    connect(m_source.get(), &Source::failed, this, &Source::failed);
    connect(m_source.get(), &Source::ended, this, &Source::ended);
}

DriverNamingSource::~DriverNamingSource() = default;

Result<SamplePtr> DriverNamingSource::read()
{
    Result<SamplePtr> sample = m_source->read();
    if (!sample)
        return sample;
    return m_namer.named(sample.value());
}

} // namespace poolscope
