// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sources/commandsource.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QThread>
#include <QtTest>

#include <atomic>
#include <csignal>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray Header = "#poolscope-stream 1 kind=slab host=box boot=abc\n"_ba;
const QByteArray Block = "@ 2026-11-22T18:25:04Z mono=1000\nt paged dentry outstanding=1 bytes=192\n.\n"_ba;

/// What the source delivers, in order.
struct Deliveries
{
    QList<SamplePtr> samples;
    QList<Error> errors;
    int ends = 0;

    explicit Deliveries(Source &source)
    {
        QObject::connect(&source, &Source::sampleArrived, &context,
            [this](const SamplePtr &sample) { samples += sample; });
        QObject::connect(&source, &Source::failed, &context, [this](const Error &error) { errors += error; });
        QObject::connect(&source, &Source::ended, &context, [this] { ++ends; });
    }

    QObject context;
};

bool isAlive(qint64 pid)
{
    return pid > 0 && ::kill(static_cast<pid_t>(pid), 0) == 0;
}

} // namespace

class TestCommandSource : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void samplesThenEnd();
    void samplesArriveWhileItRuns();
    void ends_data();
    void ends();
    void garbage_data();
    void garbage();
    void notFound_data();
    void notFound();
    void noShell();
    void killed();
    void closeEndsTheProgram();
    void closeOfAStubbornProgram();
    void destructionEndsTheProgram();
    void closedByItsReceiver();
    void opensAgain();
    void movesToAnotherThread();

private:
    /// Writes `text` to a file and gives its path, which holds no blank.
    QString fileWith(const QByteArray &text);
    /// A shell script that writes its process number to pidPath(), then runs `lines`.
    QString script(const QByteArray &lines);
    QString pidPath() const { return m_dir.filePath(u"pid"_s); }
    qint64 writtenPid() const;

    QTemporaryDir m_dir;
    int m_files = 0;
};

QString TestCommandSource::fileWith(const QByteArray &text)
{
    QFile file(m_dir.filePath(u"file%1"_s.arg(++m_files)));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return file.fileName();
}

QString TestCommandSource::script(const QByteArray &lines)
{
    return u"command:sh "_s
        + fileWith("echo $$ > " + pidPath().toLocal8Bit() + ".new; mv " + pidPath().toLocal8Bit() + ".new "
            + pidPath().toLocal8Bit() + '\n' + lines);
}

qint64 TestCommandSource::writtenPid() const
{
    QFile file(pidPath());
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toLongLong() : 0;
}

void TestCommandSource::initTestCase()
{
    QVERIFY(m_dir.isValid());
    QVERIFY(!m_dir.path().contains(u' '));
}

void TestCommandSource::samplesThenEnd()
{
    CommandSource source(u"cat "_s + fileWith(Header + Block + Block));
    Deliveries got(source);
    QVERIFY(source.open().ok());
    QTRY_COMPARE(got.ends, 1);
    QCOMPARE(got.samples.size(), 2);
    QVERIFY(got.errors.isEmpty());
    QCOMPARE(got.samples[0]->origin->uri, source.uri());
    QCOMPARE(got.samples[0]->origin->host, u"box"_s);
    QCOMPARE(got.samples[1]->readings[0].bytes.value(), 192);
    QCOMPARE(got.samples[1]->tags.get(), got.samples[0]->tags.get());
}

void TestCommandSource::samplesArriveWhileItRuns()
{
    CommandSource source(
        script("cat " + fileWith(Header + Block).toLocal8Bit() + "; exec sleep 1000\n").sliced(8));
    Deliveries got(source);
    QVERIFY(source.open().ok());
    QTRY_COMPARE(got.samples.size(), 1);
    QCOMPARE(got.ends, 0);
    QVERIFY(isAlive(writtenPid()));
}

void TestCommandSource::ends_data()
{
    QTest::addColumn<QByteArray>("lines"); // of a shell script; FILE is a stream of one sample
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("whatToDo");
    QTest::newRow("exit code") << "cat FILE; echo first >&2; echo 'permission denied' >&2; exit 3\n"_ba
                               << u"exit code 3"_s << u"first / permission denied"_s;
    QTest::newRow("silent exit code") << "exit 1\n"_ba << u"exit code 1"_s << u"it said nothing"_s;
    QTest::newRow("no output") << "true\n"_ba << u"no stream came"_s << u"it said nothing"_s;
    QTest::newRow("header only") << "head -n 1 FILE\n"_ba << u"has ended"_s << u"it said nothing"_s;
    QTest::newRow("cut in a sample") << "cat FILE; head -n 2 FILE\n"_ba << u"in the middle of a sample"_s
                                     << u"it said nothing"_s;
    QTest::newRow("long complaint") << "yes complaint | head -n 100000 >&2; echo last >&2; exit 9\n"_ba
                                    << u"exit code 9"_s << u"complaint / complaint / last"_s;
}

void TestCommandSource::ends()
{
    QFETCH(QByteArray, lines);
    QFETCH(QString, what);
    QFETCH(QString, whatToDo);
    lines.replace("FILE", fileWith(Header + Block).toLocal8Bit());
    CommandSource source(script(lines).sliced(8));
    Deliveries got(source);
    QVERIFY(source.open().ok());
    QTRY_COMPARE(got.errors.size(), 1);
    QCOMPARE(got.ends, 0);
    QCOMPARE(got.errors[0].kind, ErrorKind::SourceUnavailable);
    QCOMPARE(got.errors[0].where, source.uri());
    QVERIFY2(got.errors[0].what.contains(what), qPrintable(got.errors[0].text()));
    QVERIFY2(got.errors[0].whatToDo.contains(whatToDo), qPrintable(got.errors[0].text()));
}

void TestCommandSource::garbage_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QString>("where");
    QTest::addColumn<qsizetype>("samples");
    QTest::newRow("from the start") << "hello\n"_ba << u"line 1"_s << qsizetype(0);
    QTest::newRow("newer version") << "#poolscope-stream 7 kind=slab\n"_ba << u"line 1"_s << qsizetype(0);
    QTest::newRow("behind a sample") << Header + Block + "Killed\n" + Block << u"line 5"_s << qsizetype(1);
    QTest::newRow("binary") << Header + QByteArray(1000, '\0') + '\n' << u"line 2"_s << qsizetype(0);
}

void TestCommandSource::garbage()
{
    QFETCH(QByteArray, output);
    QFETCH(QString, where);
    QFETCH(qsizetype, samples);
    CommandSource source(u"cat "_s + fileWith(output));
    Deliveries got(source);
    QVERIFY(source.open().ok());
    QTRY_COMPARE(got.errors.size(), 1);
    QCOMPARE(got.errors[0].kind, ErrorKind::BadInput);
    QCOMPARE(got.errors[0].where, QString(source.uri() + u", "_s + where));
    QVERIFY(!got.errors[0].whatToDo.isEmpty());
    QCOMPARE(got.samples.size(), samples);
    // One failure is told once, and nothing comes behind it.
    QTest::qWait(50);
    QCOMPARE(got.errors.size(), 1);
    QCOMPARE(got.samples.size(), samples);
    QCOMPARE(got.ends, 0);
}

void TestCommandSource::notFound_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("what");
    QTest::newRow("no such program") << u"poolscope-no-such-program -x"_s << u"poolscope-no-such-program"_s;
    QTest::newRow("no such path") << u"/no/such/program"_s << u"no such program"_s;
    QTest::newRow("no program") << u"/etc/passwd"_s << u"may run"_s;
    QTest::newRow("a directory") << u"/etc"_s << u"may run"_s;
}

void TestCommandSource::notFound()
{
    QFETCH(QString, command);
    QFETCH(QString, what);
    CommandSource source(command);
    const auto opened = source.open();
    QVERIFY(!opened.ok());
    QCOMPARE(opened.error().kind, ErrorKind::SourceUnavailable);
    QVERIFY2(opened.error().what.contains(what), qPrintable(opened.error().what));
    QVERIFY(!opened.error().whatToDo.isEmpty());
}

void TestCommandSource::noShell()
{
    const QString marker = m_dir.filePath(u"marker"_s);
    CommandSource source(u"echo x; touch %1"_s.arg(marker));
    Deliveries got(source);
    QVERIFY(source.open().ok());
    QTRY_COMPARE(got.errors.size(), 1);
    QVERIFY(!QFile::exists(marker));
    QVERIFY(got.errors[0].what.contains(u"x; touch"));
}

void TestCommandSource::killed()
{
    QFile::remove(pidPath());
    CommandSource source(
        script("cat " + fileWith(Header + Block).toLocal8Bit() + "; exec sleep 1000\n").sliced(8));
    Deliveries got(source);
    QVERIFY(source.open().ok());
    QTRY_COMPARE(got.samples.size(), 1);
    QCOMPARE(::kill(static_cast<pid_t>(writtenPid()), SIGKILL), 0);
    QTRY_COMPARE(got.errors.size(), 1);
    QVERIFY(got.errors[0].what.contains(u"killed"));
    QCOMPARE(got.errors[0].kind, ErrorKind::SourceUnavailable);
}

void TestCommandSource::closeEndsTheProgram()
{
    QFile::remove(pidPath());
    CommandSource source(script("exec sleep 1000\n").sliced(8));
    Deliveries got(source);
    QVERIFY(source.open().ok());
    QTRY_VERIFY(writtenPid() > 0);
    const qint64 pid = writtenPid();
    QVERIFY(isAlive(pid));
    source.close();
    QTRY_VERIFY(!isAlive(pid));
    QVERIFY(got.errors.isEmpty());
    QCOMPARE(got.ends, 0);
}

void TestCommandSource::closeOfAStubbornProgram()
{
    QFile::remove(pidPath());
    CommandSource source(script("trap '' TERM\ncat " + fileWith(Header + Block).toLocal8Bit()
        + "\nwhile true; do read -r x < /dev/zero; done\n")
                             .sliced(8));
    Deliveries got(source);
    QVERIFY(source.open().ok());
    QTRY_COMPARE(got.samples.size(), 1);
    const qint64 pid = writtenPid();
    source.close();
    QVERIFY2(isAlive(pid), "it ignores the request");
    QTRY_VERIFY(!isAlive(pid));
    QVERIFY(got.errors.isEmpty());
}

void TestCommandSource::destructionEndsTheProgram()
{
    QFile::remove(pidPath());
    auto source = std::make_unique<CommandSource>(script("exec sleep 1000\n").sliced(8));
    QVERIFY(source->open().ok());
    QTRY_VERIFY(writtenPid() > 0);
    source.reset();
    QVERIFY(!isAlive(writtenPid()));
}

void TestCommandSource::closedByItsReceiver()
{
    CommandSource source(u"cat "_s + fileWith(Header + Block.repeated(100)));
    Deliveries got(source);
    connect(&source, &Source::sampleArrived, &source, [&] {
        if (got.samples.size() == 3)
            source.close();
    });
    QVERIFY(source.open().ok());
    QTRY_COMPARE(got.samples.size(), 3);
    QTest::qWait(50);
    QCOMPARE(got.samples.size(), 3);
    QCOMPARE(got.ends, 0);
}

void TestCommandSource::opensAgain()
{
    CommandSource source(u"cat "_s + fileWith(Header + Block));
    Deliveries got(source);
    QVERIFY(source.open().ok());
    QTRY_COMPARE(got.ends, 1);
    QVERIFY(source.open().ok());
    QTRY_COMPARE(got.ends, 2);
    QCOMPARE(got.samples.size(), 2);
}

void TestCommandSource::movesToAnotherThread()
{
    QThread thread;
    auto *source = new CommandSource(u"cat "_s + fileWith(Header + Block));
    source->moveToThread(&thread);
    connect(&thread, &QThread::started, source, [source] {
        if (!source->open())
            source->thread()->exit(1);
    });
    connect(&thread, &QThread::finished, source, &QObject::deleteLater);
    std::atomic<int> ends = 0;
    connect(source, &Source::ended, source, [&ends] { ++ends; });
    thread.start();
    QTRY_COMPARE(ends.load(), 1);
    thread.quit();
    QVERIFY(thread.wait(10'000));
}

QTEST_GUILESS_MAIN(TestCommandSource)
#include "tst_commandsource.moc"
