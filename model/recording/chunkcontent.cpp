// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/chunkcontent.h"

#include <limits>

namespace poolscope {

namespace {

constexpr quint32 Never = std::numeric_limits<quint32>::max();

} // namespace

MachineCursor::MachineCursor(const MachineStreamViews &streams)
{
    for (size_t i = 0; i < streams.size(); ++i)
        m_streams[i] = ByteReader(streams[i]);
    peekDrivers();
}

/// m_nextDrivers is the first offset that the next entry may have.
void MachineCursor::peekDrivers()
{
    ByteReader &reader = m_streams[DriversStream];
    const quint64 gap = reader.atEnd() ? Never : reader.number();
    m_nextDrivers = gap < Never - m_nextDrivers ? m_nextDrivers + static_cast<quint32>(gap) : Never;
}

bool MachineCursor::advance()
{
    if (!readSystem() || (m_nextDrivers == m_offset && !readDrivers()))
        return false;
    ++m_offset;
    return m_streams[DriversStream].ok();
}

bool MachineCursor::readSystem()
{
    SystemDelta delta;
    delta.mask = m_streams[SystemMaskStream].number();
    bool ok = m_streams[SystemMaskStream].ok();
    for (size_t i = 0; i < SystemFieldCount; ++i) {
        if (!delta.has(i))
            continue;
        delta.residuals[i] = m_streams[FirstSystemStream + i].signedNumber();
        ok = ok && m_streams[FirstSystemStream + i].ok();
    }
    m_system.decode(delta);
    return ok;
}

bool MachineCursor::readDrivers()
{
    ByteReader &reader = m_streams[DriversStream];
    const quint64 count = reader.number();
    if (count > reader.left())
        return false;
    quint64 id = 0;
    for (quint64 i = 0; i < count; ++i, ++id) {
        id += reader.number();
        const quint64 driver = reader.number();
        if (!reader.ok() || id >= MaxTags || driver > std::numeric_limits<DriverId>::max())
            return false;
        if (id >= m_drivers.size())
            m_drivers.resize(id + 1);
        m_drivers[id] = static_cast<DriverId>(driver);
    }
    ++m_driverChanges;
    ++m_nextDrivers;
    peekDrivers();
    return true;
}

} // namespace poolscope
