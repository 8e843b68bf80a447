// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sources/drivernamingsource.h"

namespace poolscope {

DriverNamingSource::DriverNamingSource(
    std::unique_ptr<Source> source, const DriverLookup &driverOf, QObject *parent)
    : DriverNamingSource(std::move(source), NewLookup(), parent)
{
    m_namer.setLookup(driverOf);
}

DriverNamingSource::DriverNamingSource(std::unique_ptr<Source> source, NewLookup newLookup, QObject *parent)
    : Source(parent)
    , m_newLookup(std::move(newLookup))
    , m_source(std::move(source))
{
    m_source->setParent(this);
    connect(m_source.get(), &Source::sampleArrived, this,
        [this](const SamplePtr &sample) { emit sampleArrived(named(sample)); });
    connect(m_source.get(), &Source::failed, this, &Source::failed);
    connect(m_source.get(), &Source::ended, this, &Source::ended);
}

DriverNamingSource::~DriverNamingSource() = default;

SamplePtr DriverNamingSource::named(const SamplePtr &sample)
{
    if (m_newLookup) {
        if (std::optional<DriverLookup> lookup = m_newLookup())
            m_namer.setLookup(*std::move(lookup));
    }
    return m_namer.named(sample);
}

Result<SamplePtr> DriverNamingSource::read()
{
    Result<SamplePtr> sample = m_source->read();
    if (!sample)
        return sample;
    return named(sample.value());
}

} // namespace poolscope
