// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/formats/stream.h"
#include "model/sources/source.h"

#include <QTimer>

#include <optional>

namespace poolscope {

/// `demo:` and `demo:?speed=N`: replays a real leak of pipes that was recorded on Linux and is compiled into
/// the program (resources/demo/README.md). Times are shifted so that the first sample is of now; at another
/// speed than 1 the samples come faster or slower, but keep the times at which they were taken.
class DemoSource : public Source
{
    Q_OBJECT

public:
    static constexpr double SlowestSpeed = 0.1;
    static constexpr double FastestSpeed = 1000;

    /// `speed` within the bounds above.
    explicit DemoSource(double speed = 1, QObject *parent = nullptr);

    /// Of what stands behind "demo:"; an unknown option or a speed out of bounds is a usage error.
    [[nodiscard]] static Result<std::unique_ptr<Source>> create(const QString &options);

    [[nodiscard]] Delivery delivery() const override { return Delivery::Push; }
    [[nodiscard]] QString uri() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] Result<Done> open() override;
    void close() override;
    [[nodiscard]] Result<SamplePtr> read() override;

private:
    void deliver();
    [[nodiscard]] Result<SamplePtr> takeNext();
    [[nodiscard]] SamplePtr shifted(const Sample &sample) const;
    void startTimer();

    double m_speed;
    QTimer m_timer;
    std::optional<StreamReader> m_reader; ///< while open
    SamplePtr m_next; ///< null behind the last sample
    MonotonicTime m_openedAt{}; ///< when the first sample was due
    MonotonicTime m_monotonicShift{}; ///< from recorded to shown times
    std::chrono::nanoseconds m_wallShift{};
};

} // namespace poolscope
