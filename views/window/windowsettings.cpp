// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/windowsettings.h"

#include "model/core/duration.h"
#include "model/core/tagtext.h"
#include "model/sampling/livesession.h"
#include "views/window/settingwords.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QLatin1StringView Interval("interval");
constexpr QLatin1StringView ThemeKey("theme");
constexpr QLatin1StringView Numbers("numbers");
constexpr QLatin1StringView Filter("filter");
constexpr QLatin1StringView Types("types");
constexpr QLatin1StringView ChartMetricKey("chart/metric");
constexpr QLatin1StringView ChartViewKey("chart/view");
constexpr QLatin1StringView ChartRangeKey("chart/range");
constexpr QLatin1StringView AutoSnapshots("autoSnapshots");
constexpr QLatin1StringView TestSnapshots("testSnapshots");
constexpr std::chrono::minutes DefaultTestPeriod{30};
constexpr QLatin1StringView HistoryMemory("historyMiB");
constexpr QLatin1StringView RecordingFolder("recordingFolder");
constexpr QLatin1StringView Recent("recentSources");

QString stateKey(const QString &name)
{
    return u"state/"_s + name;
}

QString pinsKey(const QString &uri)
{
    return u"pins/"_s + QString::fromLatin1(uri.toUtf8().toPercentEncoding());
}

/// "paged dentry": the type's word, a blank, the escaped tag.
std::optional<Tag> tagFromPinText(const QString &text)
{
    const qsizetype blank = text.indexOf(u' ');
    const auto type = poolTypeFromWord(text.left(blank).toLatin1());
    const auto bytes = unescapedTag(text.mid(blank + 1).toLatin1());
    if (blank < 0 || !type || !bytes)
        return std::nullopt;
    return Tag{*bytes, *type};
}

QString pinText(const Tag &tag)
{
    return QString::fromLatin1(poolTypeWord(tag.type)) + u' ' + escapedTag(tag.bytes);
}

} // namespace

QString WindowSettings::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/poolscope/window.ini"_s;
}

WindowSettings::WindowSettings(QString path, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
{
    openFile();
}

WindowSettings::~WindowSettings() = default;

void WindowSettings::openFile()
{
    m_file = std::make_unique<QSettings>(m_path, QSettings::IniFormat);
    // QSettings looks at the lines only when a key is wanted.
    (void)m_file->allKeys();
    if (m_file->status() == QSettings::NoError)
        return;
    const bool isUnreadable = m_file->status() == QSettings::AccessError;
    // Closed without writing: nothing was set.
    m_file.reset();
    const QString aside = m_path + u".damaged"_s;
    QFile::remove(aside);
    if (!isUnreadable && QFile::rename(m_path, aside)) {
        report(tr("The settings file was damaged and the defaults are used: %1: the old file is kept as %2")
                   .arg(QDir::toNativeSeparators(m_path), QDir::toNativeSeparators(aside)));
    } else {
        report(tr("The settings cannot be read and the defaults are used: %1: make the file readable or "
                  "delete it")
                   .arg(QDir::toNativeSeparators(m_path)));
        m_saysUnwritable = true;
    }
    m_file = std::make_unique<QSettings>(m_path, QSettings::IniFormat);
}

void WindowSettings::report(const QString &sentence)
{
    if (m_problems.contains(sentence))
        return;
    m_problems << sentence;
    emit problemFound(sentence);
}

void WindowSettings::set(const QString &key, const QVariant &value)
{
    if (m_file->value(key) != value)
        m_file->setValue(key, value);
}

template <typename Value, typename Read>
Value WindowSettings::read(const QString &key, Value fallback, Read fromText)
{
    const QVariant stored = m_file->value(key);
    if (!stored.isValid())
        return fallback;
    if (const std::optional<Value> value = fromText(stored.toString()))
        return *value;
    report(tr("The setting “%1” is not understood and its default is used: %2: it says “%3”")
               .arg(key, QDir::toNativeSeparators(m_path), stored.toString().left(40)));
    return fallback;
}

std::chrono::milliseconds WindowSettings::interval()
{
    return read(Interval, LiveSession::DefaultInterval, intervalFromSetting);
}

void WindowSettings::setInterval(std::chrono::milliseconds interval)
{
    set(Interval, durationText(interval));
}

ThemeChoice WindowSettings::theme()
{
    return read(ThemeKey, ThemeChoice::System, themeChoiceFromWord);
}

void WindowSettings::setTheme(ThemeChoice choice)
{
    set(ThemeKey, themeChoiceWord(choice));
}

NumberStyle WindowSettings::numberStyle()
{
    return read(Numbers, NumberStyle::Grouped, numberStyleFromWord);
}

void WindowSettings::setNumberStyle(NumberStyle style)
{
    set(Numbers, wordOf(style));
}

QString WindowSettings::filterText()
{
    return m_file->value(Filter).toString();
}

void WindowSettings::setFilterText(const QString &text)
{
    set(Filter, text);
}

TypeFilter WindowSettings::typeFilter()
{
    return read(Types, TypeFilter::All, typeFilterFromWord);
}

void WindowSettings::setTypeFilter(TypeFilter types)
{
    set(Types, wordOf(types));
}

bool WindowSettings::flag(const QString &name, bool byDefault)
{
    return read(name, byDefault, flagFromWord);
}

void WindowSettings::setFlag(const QString &name, bool on)
{
    set(name, wordOf(on));
}

ChartSettings WindowSettings::chart()
{
    const ChartSettings standard;
    return {.metric = read(ChartMetricKey, standard.metric, metricFromWord),
        .base = read(ChartViewKey, standard.base, changeBaseFromWord),
        .range = read(ChartRangeKey, standard.range, chartRangeFromSetting)};
}

void WindowSettings::setChart(const ChartSettings &chart)
{
    set(ChartMetricKey, wordOf(chart.metric));
    set(ChartViewKey, wordOf(chart.base));
    set(ChartRangeKey, chartRangeSetting(chart.range));
}

qint64 WindowSettings::historyBudget()
{
    return read(HistoryMemory, DefaultHistoryBudget, historyBudgetFromSetting);
}

void WindowSettings::setHistoryBudget(qint64 bytes)
{
    set(HistoryMemory, historyBudgetSetting(bytes));
}

QString WindowSettings::recordingFolder()
{
    return m_file->value(RecordingFolder).toString();
}

void WindowSettings::setRecordingFolder(const QString &folder)
{
    set(RecordingFolder, folder);
}

std::optional<std::chrono::milliseconds> WindowSettings::autoSnapshotPeriod()
{
    return read(AutoSnapshots, AutoPeriod(), autoPeriodFromSetting);
}

void WindowSettings::setAutoSnapshotPeriod(std::optional<std::chrono::milliseconds> period)
{
    set(AutoSnapshots, autoPeriodSetting(period));
}

std::optional<std::chrono::milliseconds> WindowSettings::testSnapshotPeriod()
{
    return read(TestSnapshots, AutoPeriod(DefaultTestPeriod), autoPeriodFromSetting);
}

void WindowSettings::setTestSnapshotPeriod(std::optional<std::chrono::milliseconds> period)
{
    set(TestSnapshots, autoPeriodSetting(period));
}

QStringList WindowSettings::recentSources()
{
    QStringList uris = m_file->value(Recent).toStringList();
    uris.removeAll(QString());
    return uris.first(std::min(uris.size(), MaxRecentSources));
}

void WindowSettings::addRecentSource(const QString &uri)
{
    QStringList uris = recentSources();
    uris.removeAll(uri);
    uris.prepend(uri);
    while (uris.size() > MaxRecentSources)
        m_file->remove(pinsKey(uris.takeLast()));
    set(Recent, uris);
}

std::optional<std::vector<Tag>> WindowSettings::pins(const QString &uri)
{
    const QVariant stored = m_file->value(pinsKey(uri));
    if (!stored.isValid())
        return std::nullopt;
    std::vector<Tag> tags;
    for (const QString &text : stored.toStringList()) {
        if (const auto tag = tagFromPinText(text))
            tags.push_back(*tag);
    }
    return tags;
}

void WindowSettings::setPins(const QString &uri, const std::vector<Tag> &tags)
{
    QStringList texts;
    for (const Tag &tag : tags)
        texts << pinText(tag);
    // QSettings reads an empty list back as no value at all.
    if (texts.isEmpty())
        texts << u"none"_s;
    set(pinsKey(uri), texts);
}

QByteArray WindowSettings::state(const QString &name)
{
    return m_file->value(stateKey(name)).toByteArray();
}

void WindowSettings::setState(const QString &name, const QByteArray &state)
{
    set(stateKey(name), state);
}

void WindowSettings::reportUnusableState(const QString &name)
{
    report(tr("The saved layout of the %1 cannot be used and its default is shown").arg(name));
}

void WindowSettings::save()
{
    m_file->sync();
    if (m_file->status() == QSettings::NoError || m_saysUnwritable)
        return;
    m_saysUnwritable = true;
    report(tr("The settings cannot be saved: %1: make the folder writable or free some space")
               .arg(QDir::toNativeSeparators(m_path)));
}

} // namespace poolscope
