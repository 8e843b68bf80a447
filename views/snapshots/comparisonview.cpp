// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/snapshots/comparisonview.h"

#include "model/core/duration.h"
#include "model/formats/comparisonwriter.h"
#include "model/formats/filewriter.h"
#include "model/formats/texttable.h"
#include "model/sampling/background.h"
#include "model/tables/comparisonmodel.h"
#include "views/snapshots/celldelegate.h"
#include "views/snapshots/paneltools.h"
#include "views/snapshots/plaintable.h"
#include "views/snapshots/saveprompt.h"
#include "views/theme/themecolors.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray bytesOf(const Comparison &comparison, ComparisonView::ExportFormat format)
{
    switch (format) {
    case ComparisonView::ExportFormat::Json:
        return comparisonToJson(comparison) + '\n';
    case ComparisonView::ExportFormat::Csv:
        return comparisonToCsv(comparison);
    case ComparisonView::ExportFormat::Markdown:
        return comparisonToMarkdown(comparison);
    case ComparisonView::ExportFormat::Text:
        return comparisonToText(comparison);
    }
    return {};
}

} // namespace

ComparisonView::ComparisonView(QWidget *parent)
    : QWidget(parent)
    , m_background(new Background(this))
    , m_comparison(std::make_shared<Comparison>())
    , m_model(new ComparisonModel(this))
{
    setAccessibleName(tr("Comparison"));
    makeTable();
    makeActions();
    makeLayout();
    updateEmptyText();
}

ComparisonView::~ComparisonView() = default;

void ComparisonView::makeTable()
{
    m_view = new PlainTable(this);
    m_view->setObjectName(u"comparison"_s);
    m_view->setAccessibleName(tr("Comparison of snapshots"));
    m_view->setModel(m_model);
    m_view->setSortingEnabled(true);
    m_view->horizontalHeader()->setSectionsClickable(true);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_view->setItemDelegate(new ComparisonDelegate(m_view));
    connect(m_view, &PlainTable::rowActivated, this,
        [this](int row) { emit tagActivated(m_model->rowAt(row).tag); });
    connect(m_model, &ComparisonModel::modelReset, this, &ComparisonView::updateEmptyText);
}

void ComparisonView::makeActions()
{
    m_metric = new QActionGroup(this);
    const auto metric = [this](const QString &text, const QString &tip, ComparisonModel::Metric value) {
        auto *action = m_metric->addAction(text);
        action->setCheckable(true);
        action->setToolTip(tip);
        connect(action, &QAction::triggered, this, [this, value] { setMetric(value); });
        return action;
    };
    metric(tr("&Bytes"), tr("Compares the bytes held"), ComparisonModel::Metric::Bytes)->setChecked(true);
    metric(tr("&Outstanding"), tr("Compares the objects held"), ComparisonModel::Metric::Outstanding);

    const auto make = [this](const QString &icon, const QString &text, const QString &tip,
                          const QKeySequence &key) {
        return makePanelAction(*m_view, icon, text, tip, key, this);
    };
    m_copyCells =
        make(u"copy"_s, tr("&Copy rows"), tr("Selected rows, to be pasted as a table"), QKeySequence::Copy);
    m_copyText = make(u"copy"_s, tr("Copy as te&xt"), tr("Facts and rows as plain text"), {});
    m_copyMarkdown = make(u"copy"_s, tr("Copy as &Markdown"), tr("Facts and rows for a bug report"),
        QKeySequence(u"Ctrl+Shift+C"_s));
    m_export = make(u"export"_s, tr("&Export…"), tr("Writes the comparison into a file"), {});
    connect(m_copyCells, &QAction::triggered, this, &ComparisonView::copyCells);
    connect(m_copyText, &QAction::triggered, this, [this] { copyAll(ExportFormat::Text); });
    connect(m_copyMarkdown, &QAction::triggered, this, [this] { copyAll(ExportFormat::Markdown); });
    connect(m_export, &QAction::triggered, this, &ComparisonView::askExport);
}

void ComparisonView::makeLayout()
{
    const auto button = [this](QAction *action, Qt::ToolButtonStyle style) {
        return makePanelButton(action, style, this);
    };
    QToolButton *copy = makePanelMenuButton(m_copyMarkdown, {m_copyCells, m_copyText, m_copyMarkdown}, this);
    m_filter = makePanelFilter(tr("Filter tags"),
        tr("Shows tags with this text in name or driver; * and ? are wildcards"), 240, this);
    connect(m_filter, &QLineEdit::textChanged, m_model, &ComparisonModel::setFilter);
    m_summary = new QLabel(this);
    m_summary->setTextFormat(Qt::PlainText);

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(4, 4, 4, 4);
    bar->setSpacing(2);
    for (QAction *const action : m_metric->actions())
        bar->addWidget(button(action, Qt::ToolButtonTextOnly));
    bar->addSpacing(10);
    bar->addWidget(m_summary, 1);
    bar->addSpacing(10);
    bar->addWidget(m_filter, 1);
    bar->addWidget(button(m_export, Qt::ToolButtonIconOnly));
    bar->addWidget(copy);

    m_warnings = new QLabel(this);
    m_warnings->setTextFormat(Qt::PlainText);
    m_warnings->setWordWrap(true);
    m_warnings->setMargin(6);
    m_warnings->setAutoFillBackground(true);
    m_warnings->hide();
    m_empty = new QLabel(this);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_view);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_warnings);
    layout->addWidget(m_stack, 1);
    colorWarnings();
}

void ComparisonView::colorWarnings()
{
    const ThemeColors colors = ThemeColors::of(palette());
    QPalette tinted = m_warnings->palette();
    if (tinted.color(QPalette::Window) == colors.noticeBanner)
        return;
    tinted.setColor(QPalette::Window, colors.noticeBanner);
    tinted.setColor(QPalette::WindowText, colors.bannerText);
    m_warnings->setPalette(tinted);
}

void ComparisonView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_warnings != nullptr)
        colorWarnings();
}

void ComparisonView::setSnapshots(std::vector<Snapshot> snapshots)
{
    const quint64 generation = ++m_generation;
    updateEmptyText();
    m_background->run(
        [snapshots = std::move(snapshots)]() -> std::shared_ptr<const Comparison> {
            return std::make_shared<Comparison>(compareSnapshots(snapshots));
        },
        [this, generation](std::shared_ptr<const Comparison> comparison) {
            if (generation == m_generation)
                display(std::move(comparison));
        });
}

void ComparisonView::display(std::shared_ptr<const Comparison> comparison)
{
    const size_t columnsBefore = m_comparison->columns.size();
    m_comparison = std::move(comparison);
    m_shownGeneration = m_generation;
    m_model->setComparison(m_comparison);
    if (m_comparison->columns.size() != columnsBefore)
        sizeColumns();
    const int change = m_model->columnOf(ComparisonModel::Field::Change);
    m_view->sortByColumn(change, Qt::DescendingOrder);
    m_view->scrollToTop();
    if (m_model->rowCount() > 0)
        m_view->setCurrentIndex(m_model->index(0, 0));
    updateSummary();
    emit shown();
}

void ComparisonView::sizeColumns()
{
    using F = ComparisonModel::Field;
    for (int column = 0; column < m_model->columnCount(); ++column) {
        const F field = m_model->fieldOf(column);
        switch (field) {
        case F::Tag:
            m_view->fitColumn(column, u"kmalloc-rnd-15-2k-cg"_s);
            break;
        case F::Type:
            m_view->fitColumn(column, u"unreclaimable"_s);
            break;
        case F::Value:
            m_view->fitColumn(column, u"9,999,999,999"_s);
            break;
        case F::Change:
        case F::PerHour:
            m_view->fitColumn(column, u"+9,999,999,999"_s);
            break;
        case F::Share:
            m_view->fitColumn(column, u"100.0 %"_s);
            break;
        case F::Remark:
            m_view->fitColumn(column, u"      rose in every step, new"_s);
            break;
        }
    }
}

void ComparisonView::updateSummary()
{
    m_summary->setText(tr("%1 tags · %2 apart · grew by %3")
                           .arg(groupedText(Counter(static_cast<qint64>(m_comparison->rows.size()))),
                               elapsedText(std::chrono::abs(m_comparison->elapsed)),
                               scaledBytesText(Counter(m_comparison->growth))));
    m_summary->setToolTip(tr("All growth: %1 bytes").arg(groupedText(Counter(m_comparison->growth))));
    m_warnings->setText(m_comparison->warnings.join(u'\n'));
    m_warnings->setVisible(!m_comparison->warnings.isEmpty());
}

void ComparisonView::updateEmptyText()
{
    const bool busy = m_generation != m_shownGeneration;
    if (busy)
        m_empty->setText(tr("Comparing…"));
    else if (m_comparison->columns.empty())
        m_empty->setText(tr("Select two or more snapshots and press Compare."));
    else
        m_empty->setText(m_comparison->rows.empty() ? tr("The snapshots hold no tags.")
                                                    : tr("No tag matches the filter."));
    m_stack->setCurrentIndex(busy || m_model->rowCount() == 0 ? 0 : 1);
    for (QAction *const action : {m_copyCells, m_copyText, m_copyMarkdown, m_export})
        action->setEnabled(!busy && !m_comparison->rows.empty());
}

void ComparisonView::setMetric(ComparisonModel::Metric metric)
{
    m_model->setMetric(metric);
}

void ComparisonView::setNumberStyle(NumberStyle style)
{
    m_model->setNumberStyle(style);
}

QString ComparisonView::title() const
{
    QStringList labels;
    for (const Comparison::Column &column : m_comparison->columns)
        labels += column.label.simplified();
    if (labels.size() > 2)
        labels = {labels.first(), u"…"_s, labels.last()};
    return labels.join(u" ⇄ "_s);
}

void ComparisonView::exportTo(const QString &path, ExportFormat format)
{
    m_background->run([comparison = m_comparison, path,
                          format] { return writeFileWhole(path, bytesOf(*comparison, format)); },
        [this, path](const Result<Done> &written) {
            if (written.ok())
                emit exported(path);
            else
                emit failed(written.error());
        });
}

void ComparisonView::askExport()
{
    const std::vector<SaveKind> kinds{
        {tr("CSV"), u"csv"_s}, {tr("JSON"), u"json"_s}, {tr("Markdown"), u"md"_s}, {tr("Text"), u"txt"_s}};
    askSavePath(
        this, tr("Export comparison"), u"comparison"_s, kinds, [this](const QString &path, size_t kind) {
            static constexpr ExportFormat Formats[] = {
                ExportFormat::Csv, ExportFormat::Json, ExportFormat::Markdown, ExportFormat::Text};
            exportTo(path, Formats[kind]);
        });
}

/// The selected rows, or all that are shown when at most one is selected, in the order shown.
std::vector<ComparisonRow> ComparisonView::rowsToCopy() const
{
    std::vector<int> rows = m_view->selectedRows();
    if (rows.size() <= 1) {
        rows.clear();
        for (int row = 0; row < m_model->rowCount(); ++row)
            rows.push_back(row);
    }
    std::vector<ComparisonRow> out;
    out.reserve(rows.size());
    for (const int row : rows)
        out.push_back(m_model->rowAt(row));
    return out;
}

void ComparisonView::copyCells()
{
    TextTable table;
    for (int column = 0; column < m_model->columnCount(); ++column)
        table.columns.push_back(
            {m_model->headerData(column, Qt::Horizontal).toString(), TextTable::Align::Left});
    for (const int row : m_view->selectedRows()) {
        QStringList cells;
        for (int column = 0; column < m_model->columnCount(); ++column)
            cells += m_model->plainText(row, column);
        table.rows.push_back(cells);
    }
    QApplication::clipboard()->setText(table.toTabbed());
    emit copied();
}

void ComparisonView::copyAll(ExportFormat format)
{
    auto part = std::make_shared<Comparison>();
    part->columns = m_comparison->columns;
    part->elapsed = m_comparison->elapsed;
    part->growth = m_comparison->growth;
    part->warnings = m_comparison->warnings;
    part->rows = rowsToCopy();
    m_background->run([part = std::shared_ptr<const Comparison>(part),
                          format] { return QString::fromUtf8(bytesOf(*part, format)); },
        [this](const QString &text) {
            QApplication::clipboard()->setText(text);
            emit copied();
        });
}

} // namespace poolscope
