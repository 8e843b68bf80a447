// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sources/demosource.h"

#include "model/core/duration.h"

#include <QFile>

#include <algorithm>

#include <zstd.h>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

Error recordingBroken(const QString &why)
{
    return {ErrorKind::BadInput, u"the built-in recording cannot be read: %1"_s.arg(why), u"demo:"_s,
        u"this build of PoolScope is damaged: install it again"_s};
}

Result<QByteArray> recording()
{
    QFile file(u":/demo/pipe-leak.stream.zst"_s);
    if (!file.open(QIODevice::ReadOnly))
        return recordingBroken(u"it is missing"_s);
    const QByteArray packed = file.readAll();
    constexpr quint64 LargestRecording = 67'108'864;
    const auto size = ZSTD_getFrameContentSize(packed.constData(), static_cast<size_t>(packed.size()));
    if (size > LargestRecording)
        return recordingBroken(u"its size is unknown"_s);
    QByteArray text(static_cast<qsizetype>(size), Qt::Uninitialized);
    const size_t got = ZSTD_decompress(
        text.data(), static_cast<size_t>(size), packed.constData(), static_cast<size_t>(packed.size()));
    if (ZSTD_isError(got) != 0)
        return recordingBroken(QString::fromLatin1(ZSTD_getErrorName(got)));
    return text;
}

} // namespace

DemoSource::DemoSource(double speed, QObject *parent)
    : Source(parent)
    , m_speed(speed)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &DemoSource::deliver);
}

Result<std::unique_ptr<Source>> DemoSource::create(const QString &options)
{
    double speed = 1;
    if (!options.isEmpty()) {
        const QString prefix = u"?speed="_s;
        bool isNumber = options.startsWith(prefix);
        if (isNumber)
            speed = options.sliced(prefix.size()).toDouble(&isNumber);
        // Written so that NaN is refused as well.
        if (!isNumber || !(speed >= SlowestSpeed && speed <= FastestSpeed)) {
            return Error{ErrorKind::Usage, u"not an option of the demo"_s, QString(u"demo:"_s + options),
                u"write demo: or demo:?speed=N with N from 0.1 to 1000"_s};
        }
    }
    return std::unique_ptr<Source>(std::make_unique<DemoSource>(speed));
}

QString DemoSource::uri() const
{
    return m_speed == 1 ? u"demo:"_s : u"demo:?speed=%1"_s.arg(m_speed);
}

QString DemoSource::title() const
{
    return m_speed == 1 ? u"demo: a recorded leak of pipes"_s
                        : u"demo: a recorded leak of pipes, %1 times as fast"_s.arg(m_speed);
}

Result<Done> DemoSource::open()
{
    close();
    const Result<QByteArray> text = recording();
    if (!text)
        return text.error();
    m_reader.emplace(uri());
    m_reader->feed(text.value());
    Result<SamplePtr> first = takeNext();
    if (!first)
        return first.error();
    m_next = std::move(first).value();
    if (!m_next)
        return recordingBroken(u"it holds no sample"_s);
    m_openedAt = monotonicNow();
    m_monotonicShift = m_openedAt - m_next->monotonic;
    m_wallShift = wallTimeNow() - m_next->wall;
    startTimer();
    return Done{};
}

void DemoSource::close()
{
    m_timer.stop();
    m_reader.reset();
    m_next.reset();
}

Result<SamplePtr> DemoSource::read()
{
    return Error{ErrorKind::Usage, u"the demo delivers its samples by itself"_s, uri(), {}};
}

void DemoSource::deliver()
{
    const SamplePtr sample = shifted(*m_next);
    Result<SamplePtr> next = takeNext();
    if (!next) {
        emit failed(next.error());
        return;
    }
    m_next = std::move(next).value();
    if (m_next)
        startTimer();
    emit sampleArrived(sample);
    // Whoever got the sample may have closed the demo.
    if (m_reader && !m_next)
        emit ended();
}

Result<SamplePtr> DemoSource::takeNext()
{
    if (auto next = m_reader->next())
        return std::move(*next);
    if (const auto missing = m_reader->finish())
        return *missing;
    return SamplePtr();
}

SamplePtr DemoSource::shifted(const Sample &sample) const
{
    auto copy = std::make_shared<Sample>(sample);
    copy->wall += m_wallShift;
    copy->monotonic += m_monotonicShift;
    return copy;
}

void DemoSource::startTimer()
{
    const auto sinceFirst = m_next->monotonic + m_monotonicShift - m_openedAt;
    const auto due = m_openedAt
        + std::chrono::duration_cast<MonotonicTime>(
            std::chrono::duration<double, std::nano>(sinceFirst) / m_speed);
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(due - monotonicNow());
    m_timer.start(std::max(wait, std::chrono::milliseconds(0)));
}

} // namespace poolscope
