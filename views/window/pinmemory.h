// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/frame.h"

#include <QObject>
#include <QString>

#include <vector>

namespace poolscope {

class PinList;
class WindowSettings;

/// The tags of a frame with the most bytes, largest first.
[[nodiscard]] std::vector<Tag> biggestTags(const Frame &frame, size_t count);

/// Remembers the pins of each source. In a source that was never shown before it pins the three biggest
/// tags, so that the chart is never empty; pins that were cleared stay cleared. Window thread.
class PinMemory : public QObject
{
    Q_OBJECT

public:
    PinMemory(PinList &pins, WindowSettings &settings, QObject *parent);

    /// The pins of the source shown so far give way; its own come with its first frame.
    void startSource(const QString &uri);
    void setFrame(const Frame &frame);

private:
    void remember();

    PinList &m_pins;
    WindowSettings &m_settings;
    QString m_uri;
    bool m_awaitsFrame = false;
};

} // namespace poolscope
