// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sources/source.h"
#include "tests/views/support/samplebuilder.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace poolscope::test {

/// What a FakeSource does, steered by a test while the source lives on the sampler's thread. Every read gives
/// the rows with a time of one second more.
class FakeKernel
{
public:
    void setRows(std::vector<SampleRow> rows)
    {
        const std::lock_guard lock(m_mutex);
        m_rows = std::move(rows);
    }
    void setError(std::optional<Error> error)
    {
        const std::lock_guard lock(m_mutex);
        m_error = std::move(error);
    }
    [[nodiscard]] int reads() const { return m_reads; }
    [[nodiscard]] int opens() const { return m_opens; }

    [[nodiscard]] Result<Done> open()
    {
        const std::lock_guard lock(m_mutex);
        ++m_opens;
        return m_error ? Result<Done>(*m_error) : Result<Done>(Done());
    }
    [[nodiscard]] Result<SamplePtr> read()
    {
        const std::lock_guard lock(m_mutex);
        if (m_error)
            return *m_error;
        auto sample = makeSample(m_reads, m_rows);
        ++m_reads;
        return SamplePtr(std::move(sample));
    }

private:
    std::mutex m_mutex;
    std::vector<SampleRow> m_rows;
    std::optional<Error> m_error;
    std::atomic<int> m_reads = 0;
    std::atomic<int> m_opens = 0;
};

class FakeSource : public Source
{
    Q_OBJECT

public:
    FakeSource(std::shared_ptr<FakeKernel> kernel, QString uri)
        : m_kernel(std::move(kernel))
        , m_uri(std::move(uri))
    {
    }

    [[nodiscard]] Delivery delivery() const override { return Delivery::Pull; }
    [[nodiscard]] QString uri() const override { return m_uri; }
    [[nodiscard]] QString title() const override { return QStringLiteral("fake kernel"); }
    [[nodiscard]] Result<Done> open() override { return m_kernel->open(); }
    void close() override { }
    [[nodiscard]] Result<SamplePtr> read() override { return m_kernel->read(); }

private:
    std::shared_ptr<FakeKernel> m_kernel;
    QString m_uri;
};

/// A push source that delivers its rows once and ends.
class EndingSource : public Source
{
    Q_OBJECT

public:
    explicit EndingSource(std::vector<SampleRow> rows)
        : m_rows(std::move(rows))
    {
    }

    [[nodiscard]] Delivery delivery() const override { return Delivery::Push; }
    [[nodiscard]] QString uri() const override { return QStringLiteral("ending:"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("ending source"); }
    [[nodiscard]] Result<Done> open() override
    {
        QMetaObject::invokeMethod(this, &EndingSource::deliver, Qt::QueuedConnection);
        return Done();
    }
    void close() override { }
    [[nodiscard]] Result<SamplePtr> read() override { return Error{}; }

private:
    void deliver()
    {
        emit sampleArrived(makeSample(0, m_rows));
        emit ended();
    }

    std::vector<SampleRow> m_rows;
};

/// A push source that opens and then says nothing.
class SilentSource : public Source
{
    Q_OBJECT

public:
    [[nodiscard]] Delivery delivery() const override { return Delivery::Push; }
    [[nodiscard]] QString uri() const override { return QStringLiteral("silent:"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("silent source"); }
    [[nodiscard]] Result<Done> open() override { return Done(); }
    void close() override { }
    [[nodiscard]] Result<SamplePtr> read() override { return Error{}; }
};

} // namespace poolscope::test
