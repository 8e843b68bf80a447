// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/archive/fileuri.h"
#include "model/replay/replaystatus.h"
#include "model/replay/replayworker.h"
#include "model/sampling/sessionhandle.h"

#include <memory>

namespace poolscope {

/// The window's handle on a file that is looked back into: owns the thread that reads it, shows any moment
/// and plays. Requests are latest-wins: while a frame is being built, only the newest moment wanted waits.
/// Lives on the window's thread; every call returns at once and every signal arrives there.
class ReplaySession : public SessionHandle
{
    Q_OBJECT

public:
    static constexpr double SlowestSpeed = 0.1;
    static constexpr double FastestSpeed = 100'000;
    /// How often a file is looked at for what a writer has added.
    static constexpr std::chrono::milliseconds RefreshPeriod{2000};
    /// A file with a write-ahead log counts as growing for so long after its last new sample.
    static constexpr std::chrono::seconds GrowingFor{60};

    /// `opener` is called on the replay's thread.
    explicit ReplaySession(ArchiveOpener opener, QObject *parent = nullptr);
    ~ReplaySession() override;

    /// Opens a file in the background. Once it is open it takes the place of what was: restarted(), then
    /// statusChanged() with Ready, its last sample wanted. Else openFailed(), and nothing else changes.
    void open(const FileUri &file);
    void open(const QString &path) { open(FileUri{path, {}, {}}); }
    /// How much of the file that is being opened was read, 0 to 1; 0 where that is not known.
    [[nodiscard]] double openingShare() const;
    void cancelOpening();
    /// Emits restarted() at once; also cancels.
    void close();
    [[nodiscard]] const FileUri &file() const; ///< that is open; its path is empty when there is none

    [[nodiscard]] const ReplayStatus &status() const;
    /// What the file holds; null until Ready.
    [[nodiscard]] std::shared_ptr<const RecordingInfo> info() const;
    /// Times of its samples; null until Ready.
    [[nodiscard]] std::shared_ptr<const TimeAxis> axis() const;

    // Without effect until Ready. All but play() and setSpeed() end the playing.
    void seek(WallTime at);
    void seekFirst();
    void seekLast(); ///< also follows a growing file
    void stepSamples(int by); ///< that many samples forth or back
    void stepMark(int direction); ///< to the next (1) or previous (-1) mark at another sample
    void setFollowing(bool following);

    void setPlaying(bool playing); ///< at the end it starts over
    void setSpeed(double speed); ///< recorded seconds a second, clamped to SlowestSpeed..FastestSpeed
    void refreshNow();

    /// snapshotReady() follows, or failed().
    void requestSnapshot(const QUuid &id);

    /// testReady() follows with the test as it stands at the moment shown; of several requests the newest.
    void requestTest(const MarkedTest &test);

    /// A mark at the moment shown that is written into the file as well; markKept() says whether that worked.
    /// Where it did not, it is there for as long as the file is open here.
    Mark placeMark(MarkKind kind, const QString &text);
    /// Takes back what placeMark() gave.
    void removeMark(const Mark &mark);

    [[nodiscard]] SessionAbilities abilities() const override { return SessionAbility::Seeking; }
    [[nodiscard]] QString sourceUri() const override;
    [[nodiscard]] QString sourceTitle() const override;
    [[nodiscard]] FramePtr frame() const override;
    [[nodiscard]] const std::vector<Mark> &marks() const override;
    /// The moment shown becomes the baseline; the file is not changed.
    void resetBaseline() override;
    /// At the moment shown, for as long as the file is open; the file is not changed.
    void addMark(MarkKind kind, const QString &text) override;
    void requestSeries(const SeriesRequest &request) override;

signals:
    void statusChanged(const poolscope::ReplayStatus &status);
    void openFailed(const poolscope::Error &error);
    /// info(), axis() or marks() are new.
    void contentsChanged();
    void snapshotReady(const poolscope::Snapshot &snapshot);
    void testReady(const poolscope::TestRun &test);
    /// nullopt: the file holds it.
    void markKept(const poolscope::Mark &mark, const std::optional<poolscope::Error> &error);
    void failed(const poolscope::Error &error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace poolscope
