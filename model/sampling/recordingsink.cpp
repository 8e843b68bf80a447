// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/recordingsink.h"

#include "model/recording/recordingwriter.h"

namespace poolscope {

namespace {

class WriterSink final : public RecordingSink
{
public:
    explicit WriterSink(std::unique_ptr<RecordingWriter> writer)
        : m_writer(std::move(writer))
    {
    }

    void append(const SamplePtr &sample, bool afterGap) override { m_writer->append(sample, afterGap); }
    void addMark(const Mark &mark) override { m_writer->addMark(mark); }
    void addNote(const RecordingNote &note) override { m_writer->addNote(note); }
    void addHostFacts(const HostFacts &facts) override { m_writer->addHostFacts(facts); }
    void putSnapshot(const Snapshot &snapshot) override { m_writer->putSnapshot(snapshot); }
    void relabelSnapshot(const QUuid &id, const QString &label, const QString &note) override
    {
        m_writer->relabelSnapshot(id, label, note);
    }
    void removeSnapshot(const QUuid &id) override { m_writer->removeSnapshot(id); }
    [[nodiscard]] Result<Done> flush() override { return m_writer->flush(); }
    [[nodiscard]] Result<Done> close() override { return m_writer->close(); }
    [[nodiscard]] qint64 fileBytes() const override { return m_writer->fileBytes(); }
    [[nodiscard]] quint64 samplesDropped() const override { return m_writer->samplesDropped(); }

private:
    std::unique_ptr<RecordingWriter> m_writer;
};

} // namespace

RecordingOpener recordingOpener(const RotationLimits &limits)
{
    return [limits](const QString &path) -> Result<std::unique_ptr<RecordingSink>> {
        auto writer = RecordingWriter::open(path, limits);
        if (!writer)
            return writer.error();
        return std::unique_ptr<RecordingSink>(std::make_unique<WriterSink>(std::move(writer).value()));
    };
}

Result<std::unique_ptr<RecordingSink>> openRecordingSink(const QString &path)
{
    return recordingOpener({})(path);
}

} // namespace poolscope
