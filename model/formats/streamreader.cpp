// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/stream.h"

#include "model/core/duration.h"
#include "model/core/tagtext.h"
#include "model/formats/linetext.h"
#include "model/formats/numbertext.h"
#include "model/formats/streamtext.h"

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QByteArrayView HeaderMark = "#poolscope-stream";
/// So many lines without meaning in a row, outside of samples, are no newer version of the format.
constexpr int MostUnknownLines = 16;

/// The start of a text that may be anything, for an error.
QString excerpt(QByteArrayView text)
{
    constexpr qsizetype Longest = 40;
    const QString start = escapedTag(text.first(std::min(text.size(), Longest)));
    return text.size() > Longest ? QString(start + u"…"_s) : start;
}

/// Splits the line's kind from the rest; the kind is empty when the line cannot be of this format.
struct Line
{
    QByteArrayView kind;
    QByteArrayView rest;

    explicit Line(QByteArrayView text)
    {
        const auto *const blank =
            std::find_if(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\t'; });
        const QByteArrayView word = text.first(blank - text.begin());
        if (!isKind(word))
            return;
        kind = word;
        rest = text.sliced(word.size());
    }

    static bool isKind(QByteArrayView word)
    {
        constexpr qsizetype LongestKind = 16;
        if (word.size() == 1)
            return word.front() > ' ' && word.front() <= '~';
        return !word.isEmpty() && word.size() <= LongestKind && word.front() >= 'a' && word.front() <= 'z'
            && std::ranges::all_of(word, [](char c) {
                   return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
               });
    }
};

/// The counter of a reading that `key` names, or null.
Counter Reading::*counterFromKey(QByteArrayView key)
{
    if (key == "bytes")
        return &Reading::bytes;
    if (key == "outstanding")
        return &Reading::outstanding;
    if (key == "allocs")
        return &Reading::allocs;
    return key == "frees" ? &Reading::frees : nullptr;
}

} // namespace

StreamReader::StreamReader(QString uri)
    : m_uri(std::move(uri))
{
}

void StreamReader::feed(QByteArrayView bytes)
{
    if (isRefused())
        return;
    m_buffer.remove(0, m_at);
    m_at = 0;
    m_buffer.append(bytes);
}

std::optional<Result<SamplePtr>> StreamReader::next()
{
    while (!isRefused()) {
        const std::optional<QByteArrayView> line = takeLine();
        if (m_lineTooLong) {
            m_lineTooLong = false;
            if (m_state == State::Start)
                return refuse(u"this is no PoolScope stream: its first line is endless"_s,
                    u"check that the program writes the stream format"_s);
            if (m_state != State::Skipping)
                return damaged(u"the line is longer than 64 KiB"_s);
            continue;
        }
        if (!line)
            return std::nullopt;
        if (m_state == State::InSample && *line == ".") {
            m_state = State::Between;
            return endSample();
        }
        Problem problem;
        if (m_state == State::Start || line->startsWith(HeaderMark))
            problem = takeHeader(*line);
        else
            problem = m_state == State::InSample ? takeLineInSample(*line) : takeLineOutside(*line);
        if (problem)
            return *problem;
    }
    return std::nullopt;
}

std::optional<Error> StreamReader::finish() const
{
    if (isRefused())
        return std::nullopt;
    if (m_state == State::Start) {
        return Error{ErrorKind::BadInput, u"no stream came: not one whole line"_s, m_uri,
            u"check that the program writes the stream format"_s};
    }
    if (m_state == State::InSample || m_at != m_buffer.size()) {
        return Error{ErrorKind::BadInput, u"the stream ends in the middle of a sample"_s, where(),
            u"the samples before it are kept"_s};
    }
    return std::nullopt;
}

std::optional<QByteArrayView> StreamReader::takeLine()
{
    const qsizetype newline = m_buffer.indexOf('\n', m_at);
    const qsizetype end = newline < 0 ? m_buffer.size() : newline;
    const bool wasDropping = m_droppingLine;
    if (!wasDropping && (newline >= 0 || end - m_at > LongestLine))
        ++m_line;
    QByteArrayView line = QByteArrayView(m_buffer).sliced(m_at, end - m_at);
    if (wasDropping || line.size() > LongestLine) {
        m_lineTooLong = !wasDropping;
        m_droppingLine = newline < 0;
        m_at = newline < 0 ? end : newline + 1;
        // The rest of a dropped line is no line: look again, unless more has to come first.
        return !m_lineTooLong && newline >= 0 ? takeLine() : std::nullopt;
    }
    if (newline < 0)
        return std::nullopt;
    m_at = newline + 1;
    if (line.endsWith('\r'))
        line.chop(1);
    return line;
}

StreamReader::Problem StreamReader::takeHeader(QByteArrayView line)
{
    const bool cutsSample = m_state == State::InSample;
    StreamWords words(line);
    const auto mark = words.nextName();
    if (!mark || *mark != HeaderMark) {
        return refuse(u"this is no PoolScope stream: its first line is \"%1\""_s.arg(excerpt(line)),
            u"the first line must be \"#poolscope-stream 1 kind=slab …\"; check that the program writes it"_s);
    }
    const auto version = words.nextName();
    if (!version || *version != "1") {
        return refuse(
            u"stream version \"%1\" is not known"_s.arg(excerpt(version.value_or(QByteArrayView()))),
            u"this PoolScope reads version 1; use the same PoolScope on both sides"_s);
    }
    auto origin = std::make_shared<Origin>();
    origin->uri = m_uri;
    std::optional<SourceKind> kind;
    QByteArray scratch;
    while (const auto word = words.nextPair()) {
        const auto value = unescapedStreamText(word->value, scratch);
        if (!value)
            return refuse(u"the stream's header is damaged: \"%1\""_s.arg(excerpt(word->value)),
                u"write a backslash as \\\\"_s);
        if (word->key == "kind")
            kind = sourceKindFromWord(*value);
        else if (word->key == "host")
            origin->host = QString::fromUtf8(*value);
        else if (word->key == "boot")
            origin->bootId = QString::fromUtf8(*value);
        else if (word->key == "system")
            origin->system = QString::fromUtf8(*value);
        else if (word->key == "bits" && *value == "32")
            origin->counterBits = 32;
    }
    if (words.isDamaged() || !kind)
        return refuse(u"the stream's header does not say of what kind its tags are"_s,
            u"it must hold kind=slab, kind=pool or kind=site"_s);
    origin->kind = *kind;
    m_origin = std::move(origin);
    if (cutsSample)
        return damaged(u"the sample before this line was not ended by a dot"_s);
    m_state = State::Between;
    return std::nullopt;
}

StreamReader::Problem StreamReader::takeLineOutside(QByteArrayView text)
{
    const Line line(text);
    if (line.kind == "@") {
        m_unknownLines = 0;
        return beginSample(line.rest);
    }
    if (m_state == State::Skipping || text.isEmpty() || text.startsWith('#'))
        return std::nullopt;
    if (line.kind.isEmpty() || ++m_unknownLines > MostUnknownLines)
        return damaged(u"\"%1\" is no line of it"_s.arg(excerpt(text)));
    return std::nullopt;
}

StreamReader::Problem StreamReader::takeLineInSample(QByteArrayView text)
{
    const Line line(text);
    if (line.kind == "t")
        return takeTag(line.rest);
    if (line.kind == "s")
        return takeSystem(line.rest);
    if (line.kind == "@") {
        const Error cut = damaged(u"the sample before this line was not ended by a dot"_s);
        // The new sample is whole, if only its first line is.
        return beginSample(line.rest).value_or(cut);
    }
    if (line.kind.isEmpty() && !text.isEmpty() && !text.startsWith('#'))
        return damaged(u"\"%1\" is no line of it"_s.arg(excerpt(text)));
    return std::nullopt;
}

StreamReader::Problem StreamReader::beginSample(QByteArrayView rest)
{
    StreamWords words(rest);
    const auto time = words.nextName();
    const auto wall = time ? wallTimeFromIso(QString::fromLatin1(*time)) : std::nullopt;
    if (!wall)
        return damaged(u"\"%1\" is no time such as 2026-11-22T18:25:04.123Z"_s.arg(excerpt(rest.trimmed())));
    // A monotonic clock that did not come is replaced by the wall clock.
    MonotonicTime monotonic = wall->time_since_epoch();
    while (const auto word = words.nextPair()) {
        if (word->key != "mono")
            continue;
        const auto value = numberFromText(word->value);
        if (!value)
            return damaged(u"\"mono=%1\" is no whole number"_s.arg(excerpt(word->value)));
        monotonic = MonotonicTime(*value);
    }
    if (words.isDamaged())
        return damaged(u"a quote is not closed"_s);
    m_sample = std::make_shared<Sample>();
    m_sample->wall = *wall;
    m_sample->monotonic = monotonic;
    m_sample->origin = m_origin;
    m_sample->readings.reserve(m_matcher.expectedEntries());
    m_matcher.begin();
    m_rows = 0;
    m_rowText = 0;
    m_state = State::InSample;
    return std::nullopt;
}

StreamReader::Problem StreamReader::takeSystem(QByteArrayView rest)
{
    StreamWords words(rest);
    while (const auto word = words.nextPair()) {
        if (!word->isPair)
            return damaged(u"\"%1\" is not of the form key=number"_s.arg(excerpt(word->value)));
        const auto field = systemFieldFromKey(word->key);
        if (!field)
            continue;
        const auto value = numberFromText(word->value);
        if (!value)
            return damaged(u"\"%1=%2\" is no whole number"_s.arg(excerpt(word->key), excerpt(word->value)));
        m_sample->system[*field] = *value;
    }
    return words.isDamaged() ? Problem(damaged(u"a quote is not closed"_s)) : std::nullopt;
}

StreamReader::Problem StreamReader::takeTag(QByteArrayView rest)
{
    m_rowText += rest.size();
    if (++m_rows > MostTags || m_rowText > MostTagText)
        return damaged(u"the sample is too large: more than %1 tags or 256 MiB of them"_s.arg(MostTags));
    StreamWords words(rest);
    const QByteArrayView typeWord = words.nextName().value_or(QByteArrayView());
    const auto type = poolTypeFromWord(typeWord);
    if (!type)
        return damaged(u"\"%1\" is no pool type: nonpaged, paged or none"_s.arg(excerpt(typeWord)));
    const auto escapedName = words.nextName();
    if (!escapedName)
        return damaged(u"the tag's name is missing"_s);
    const auto name = unescapedStreamText(*escapedName, m_name);
    if (!name)
        return damaged(u"\"%1\" holds a backslash that is no escape"_s.arg(excerpt(*escapedName)));

    Reading reading;
    QByteArrayView driver;
    while (const auto word = words.nextPair()) {
        if (!word->isPair)
            return damaged(u"\"%1\" is not of the form key=value"_s.arg(excerpt(word->value)));
        if (Counter Reading::*const counter = counterFromKey(word->key)) {
            const auto value = numberFromText(word->value);
            if (!value)
                return damaged(
                    u"\"%1=%2\" is no whole number"_s.arg(excerpt(word->key), excerpt(word->value)));
            reading.*counter = *value;
        } else if (word->key == "driver") {
            const auto text = unescapedStreamText(word->value, m_driver);
            if (!text)
                return damaged(u"\"%1\" holds a backslash that is no escape"_s.arg(excerpt(word->value)));
            driver = *text;
        }
    }
    if (words.isDamaged())
        return damaged(u"a quote is not closed"_s);
    return addReading(m_matcher.take(*name, *type, driver), reading);
}

StreamReader::Problem StreamReader::addReading(quint32 entry, const Reading &reading)
{
    std::vector<Reading> &readings = m_sample->readings;
    if (entry == readings.size()) {
        readings.push_back(reading);
        return std::nullopt;
    }
    Reading &sum = readings[entry];
    for (Counter Reading::*const counter :
        {&Reading::allocs, &Reading::frees, &Reading::outstanding, &Reading::bytes}) {
        const Counter add = reading.*counter;
        qint64 value = 0;
        if (!add.isKnown() || !(sum.*counter).isKnown())
            sum.*counter = Counter();
        else if (!qAddOverflow((sum.*counter).value(), add.value(), &value))
            sum.*counter = value;
        else
            return damaged(u"the counters of a tag that comes twice add up to too large a number"_s);
    }
    return std::nullopt;
}

SamplePtr StreamReader::endSample()
{
    m_sample->tags = m_matcher.finish();
    return std::exchange(m_sample, nullptr);
}

Error StreamReader::refuse(const QString &what, const QString &whatToDo)
{
    const Error error{ErrorKind::BadInput, what, where(), whatToDo};
    m_state = State::Refused;
    m_sample.reset();
    m_buffer.clear();
    m_at = 0;
    return error;
}

Error StreamReader::damaged(const QString &what)
{
    m_state = State::Skipping;
    m_sample.reset();
    m_unknownLines = 0;
    return {ErrorKind::BadInput, u"the stream is damaged: "_s + what, where(),
        u"this sample is lost, reading goes on at the next one"_s};
}

QString StreamReader::where() const
{
    return fileAndLine(m_uri, m_line);
}

} // namespace poolscope
