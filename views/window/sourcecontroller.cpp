// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/sourcecontroller.h"

#include "model/sampling/livesession.h"
#include "model/sources/sourcefactory.h"
#include "views/window/bannerstack.h"
#include "views/window/mending.h"
#include "views/window/unavailablepanel.h"
#include "views/window/windowsettings.h"

#include <chrono>
#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QLatin1StringView OpenKey("open");
constexpr QLatin1StringView SourceKey("source");
constexpr std::chrono::milliseconds Patience{300};

} // namespace

SourceController::SourceController(LiveSession &session, WindowSettings &settings, SourceMaker maker,
    BannerStack &banners, UnavailablePanel &panel, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_settings(settings)
    , m_maker(std::move(maker))
    , m_banners(banners)
    , m_panel(panel)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(Patience);
    connect(&m_patience, &QTimer::timeout, this, &SourceController::panelWanted);
    connect(&m_session, &LiveSession::frameReady, this, &SourceController::takeFrame);
    connect(&m_session, &LiveSession::statusChanged, this, &SourceController::takeStatus);
    connect(&m_panel, &UnavailablePanel::retryWanted, &m_session, &LiveSession::retryNow);
    connect(&m_panel, &UnavailablePanel::sourceWanted, this, &SourceController::open);
}

void SourceController::open(const QString &uri)
{
    Result<std::unique_ptr<Source>> made = m_maker(uri);
    if (!made) {
        m_banners.postError(OpenKey, made.error().text());
        return;
    }
    m_banners.dismiss(OpenKey);
    m_banners.dismiss(SourceKey);
    m_hasData = false;
    m_state = SamplerState::Idle;
    m_saidError.reset();
    std::unique_ptr<Source> source = std::move(made).value();
    const QString title = source->title();
    if (uri != defaultSourceUri() && uri != u"demo:")
        m_settings.addRecentSource(uri);
    m_panel.showOpening(title);
    emit opened(uri, title, source->delivery() == Source::Delivery::Push);
    emit dataAvailable(false);
    m_patience.start();
    m_session.start(std::move(source));
}

void SourceController::takeFrame()
{
    m_patience.stop();
    if (!std::exchange(m_hasData, true))
        emit dataAvailable(true);
}

void SourceController::takeStatus(const SamplerStatus &status)
{
    const SamplerState before = std::exchange(m_state, status.state);
    switch (status.state) {
    case SamplerState::Failing:
        if (status.error && status.error != m_saidError)
            sayFailing(*status.error);
        return;
    case SamplerState::Ended:
        if (before != SamplerState::Ended)
            sayEnded();
        return;
    case SamplerState::Opening:
        // Trying again: what was said still stands.
        return;
    case SamplerState::Idle:
    case SamplerState::Running:
    case SamplerState::Paused:
        break;
    }
    if (!std::exchange(m_saidError, std::nullopt))
        return;
    m_banners.dismiss(SourceKey);
    if (!m_hasData)
        m_panel.showOpening(m_session.sourceTitle());
}

void SourceController::sayFailing(const Error &error)
{
    m_saidError = error;
    if (!m_hasData) {
        m_panel.showError(m_session.sourceTitle(), error, mendingHere(m_session.sourceUri(), error));
        emit panelWanted();
        return;
    }
    const BannerAction retry{tr("Try again"), [this] { m_session.retryNow(); }};
    m_banners.postError(SourceKey,
        tr("%1 gives no samples since the last one shown: %2").arg(m_session.sourceTitle(), error.text()),
        {retry});
}

void SourceController::sayEnded()
{
    const QString uri = m_session.sourceUri();
    const BannerAction replay{tr("Replay"), [this, uri] { open(uri); }};
    m_banners.postNotice(SourceKey,
        tr("%1 has ended; its last sample stays on the screen.").arg(m_session.sourceTitle()), {replay});
}

} // namespace poolscope
