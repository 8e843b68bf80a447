// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/sampling/frame.h"
#include "model/sampling/samplerstatus.h"
#include "model/sources/source.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <memory>

namespace poolscope {

class BannerStack;
class LiveSession;
class UnavailablePanel;
class WindowSettings;

/// Makes a source of a URI: createSource(), or a test's own.
using SourceMaker = std::function<Result<std::unique_ptr<Source>>(const QString &uri)>;

/// Opens sources and says how they fare: while none of a source's samples has come, through the panel that
/// stands in place of the table; later through a banner, the last data stays. Window thread.
class SourceController : public QObject
{
    Q_OBJECT

public:
    SourceController(LiveSession &session, WindowSettings &settings, SourceMaker maker, BannerStack &banners,
        UnavailablePanel &panel, QObject *parent);

    /// An unknown URI leaves what runs as it is and is said in a banner.
    void open(const QString &uri);

signals:
    /// A source was started; its samples follow. `keepsOwnPace`: the interval has no effect on it.
    void opened(const QString &uri, const QString &title, bool keepsOwnPace);
    /// Whether there is something for the table to show.
    void dataAvailable(bool available);
    /// There is nothing to show and something to say about it: the panel is to stand in place of the table.
    void panelWanted();

private:
    void takeFrame();
    void takeStatus(const SamplerStatus &status);
    void sayFailing(const Error &error);
    void sayEnded();

    LiveSession &m_session;
    WindowSettings &m_settings;
    SourceMaker m_maker;
    BannerStack &m_banners;
    UnavailablePanel &m_panel;
    QTimer m_patience; ///< before it is said that the first sample is waited for: most come at once
    bool m_hasData = false;
    SamplerState m_state = SamplerState::Idle;
    std::optional<Error> m_saidError;
};

} // namespace poolscope
