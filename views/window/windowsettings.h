// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/numberformat.h"
#include "model/core/tag.h"
#include "model/tables/tagfilter.h"
#include "views/chart/chartpanel.h"
#include "views/theme/theme.h"

#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QStringList>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace poolscope {

/// What the window remembers between two runs, each value checked when it is read: what cannot be read gives
/// the default and is named in problems(), it never stops the program. A file that is no settings file is
/// set aside as FILE.damaged. Written a moment after a change, to a temporary file that is renamed.
/// Window thread.
class WindowSettings : public QObject
{
    Q_OBJECT

public:
    /// poolscope/window.ini in the user's configuration folder.
    [[nodiscard]] static QString defaultPath();

    explicit WindowSettings(QString path = defaultPath(), QObject *parent = nullptr);
    ~WindowSettings() override;

    /// What went wrong so far, in sentences for a banner; empty: nothing.
    [[nodiscard]] QStringList problems() const { return m_problems; }

    [[nodiscard]] std::chrono::milliseconds interval();
    void setInterval(std::chrono::milliseconds interval);
    [[nodiscard]] ThemeChoice theme();
    void setTheme(ThemeChoice choice);
    [[nodiscard]] NumberStyle numberStyle();
    void setNumberStyle(NumberStyle style);
    [[nodiscard]] QString filterText();
    void setFilterText(const QString &text);
    [[nodiscard]] TypeFilter typeFilter();
    void setTypeFilter(TypeFilter types);
    /// Switches by name: "growingOnly", "totals", "highlight"…
    [[nodiscard]] bool flag(const QString &name, bool byDefault);
    void setFlag(const QString &name, bool on);
    [[nodiscard]] ChartSettings chart();
    void setChart(const ChartSettings &chart);
    /// Bytes of memory that a history may take, see History.
    [[nodiscard]] qint64 historyBudget();
    void setHistoryBudget(qint64 bytes);
    /// Of the last recording; empty before the first.
    [[nodiscard]] QString recordingFolder();
    void setRecordingFolder(const QString &folder);
    /// nullopt: no snapshots by the timer.
    [[nodiscard]] std::optional<std::chrono::milliseconds> autoSnapshotPeriod();
    void setAutoSnapshotPeriod(std::optional<std::chrono::milliseconds> period);
    /// The same while a test runs; 30 minutes unless chosen otherwise.
    [[nodiscard]] std::optional<std::chrono::milliseconds> testSnapshotPeriod();
    void setTestSnapshotPeriod(std::optional<std::chrono::milliseconds> period);
    /// Newest first, at most MaxRecentSources.
    static constexpr qsizetype MaxRecentSources = 8;
    [[nodiscard]] QStringList recentSources();
    void addRecentSource(const QString &uri);

    /// Pinned tags of a source; nullopt when it was never pinned in.
    [[nodiscard]] std::optional<std::vector<Tag>> pins(const QString &uri);
    void setPins(const QString &uri, const std::vector<Tag> &tags);

    /// Opaque states of widgets, by name: "window", "workspace", "table"…
    [[nodiscard]] QByteArray state(const QString &name);
    void setState(const QString &name, const QByteArray &state);
    /// For a widget that refused the state it was given.
    void reportUnusableState(const QString &name);

    /// Writes now; says with a problem when that is not possible.
    void save();

signals:
    void problemFound(const QString &sentence);

private:
    void openFile();
    void report(const QString &sentence);
    void set(const QString &key, const QVariant &value);
    template <typename Value, typename Read>
    Value read(const QString &key, Value fallback, Read fromText);

    QString m_path;
    std::unique_ptr<QSettings> m_file;
    QStringList m_problems;
    bool m_saysUnwritable = false;
};

} // namespace poolscope
