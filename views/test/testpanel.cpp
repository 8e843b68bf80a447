// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/test/testpanel.h"

#include "model/tables/testtablemodel.h"
#include "views/snapshots/autoperiodbox.h"
#include "views/snapshots/celldelegate.h"
#include "views/snapshots/paneltools.h"
#include "views/snapshots/plaintable.h"
#include "views/theme/themeicon.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr TestPool Pools[] = {TestPool::Both, TestPool::Nonpaged, TestPool::Paged};

} // namespace

TestPanel::TestPanel(QAction *start, QAction *stop, QAction *report, QWidget *parent)
    : QWidget(parent)
    , m_start(start)
    , m_stop(stop)
    , m_reportAction(report)
    , m_model(new TestTableModel(this))
    , m_periodWanted(std::chrono::minutes(30))
{
    setAccessibleName(tr("Test"));
}

void TestPanel::makeContent()
{
    m_view = new PlainTable(this);
    m_headline = new QLabel(this);
    m_guide = new QLabel(this);
    m_pool = new QComboBox(this);
    m_every = new QLabel(tr("Snapshots"), this);
    m_period = new AutoPeriodBox(this);
    m_report = makePanelButton(m_reportAction, Qt::ToolButtonTextBesideIcon, this);
    m_finish = new QAction(tr("&Finish"), this);
    QFont bold = font();
    bold.setBold(true);
    m_headline->setObjectName(u"test.headline"_s);
    m_headline->setFont(bold);
    m_guide->setObjectName(u"test.guide"_s);
    m_guide->setWordWrap(true);
    m_guide->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_pool->setObjectName(u"test.pool"_s);
    m_pool->setAccessibleName(tr("Pool of the test"));
    m_pool->setToolTip(tr("Which memory the test is of"));
    for (const TestPool pool : Pools)
        m_pool->addItem(testPoolTitle(pool, m_state.kind));
    m_finish->setObjectName(u"test.finish"_s);
    m_finish->setToolTip(tr("Ends the test; the table stays as it is"));
    connect(m_finish, &QAction::triggered, this, &TestPanel::finishWanted);
    m_period->setPeriod(m_periodWanted);
    connect(m_period, &AutoPeriodBox::periodChanged, this, &TestPanel::periodChanged);
    makeTable();
    layOut();
}

void TestPanel::layOut()
{
    auto *text = new QVBoxLayout;
    text->setContentsMargins(8, 2, 8, 4);
    text->setSpacing(2);
    auto *head = new QHBoxLayout;
    head->addWidget(m_headline, 1);
    head->addWidget(m_report);
    text->addLayout(head);
    text->addWidget(m_guide);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(makeBar());
    layout->addLayout(text);
    layout->addWidget(m_view, 1);
}

QHBoxLayout *TestPanel::makeBar()
{
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(4, 4, 4, 4);
    bar->setSpacing(2);
    bar->addWidget(m_pool);
    bar->addSpacing(4);
    for (QAction *action : {m_start, m_stop, m_finish})
        bar->addWidget(makePanelButton(
            action, action == m_finish ? Qt::ToolButtonTextOnly : Qt::ToolButtonTextBesideIcon, this));
    bar->addSpacing(8);
    bar->addWidget(m_every);
    bar->addSpacing(4);
    bar->addWidget(m_period);
    bar->addStretch();
    return bar;
}

void TestPanel::makeTable()
{
    m_view->setObjectName(u"testTable"_s);
    m_view->setAccessibleName(tr("What the test found"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new CellDelegate(m_view));
    m_view->setSortingEnabled(true);
    m_view->horizontalHeader()->setSectionsClickable(true);
    m_view->sortByColumn(TestTableModel::GrewBy, Qt::DescendingOrder);
    m_view->fitColumn(TestTableModel::TagColumn, u"proc_inode_cache_"_s);
    m_view->fitColumn(TestTableModel::TypeColumn, u"unreclaimable"_s);
    m_view->fitColumn(TestTableModel::GrewBy, u"+999,999,999"_s);
    m_view->fitColumn(TestTableModel::Objects, u"+9,999,999"_s);
    m_view->fitColumn(TestTableModel::Freed, u"-999,999,999"_s);
    m_view->fitColumn(TestTableModel::ShareFreed, u"-100.0 %"_s);
    m_view->fitColumn(TestTableModel::Course, u"still rising"_s);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_view, &PlainTable::rowActivated, this,
        [this](int row) { emit tagActivated(m_model->rowAt(row).tag); });
    QAction *copy = makePanelAction(*m_view, u"copy"_s, tr("&Copy rows"),
        tr("Selected rows, to be pasted as a table"), QKeySequence::Copy, this);
    connect(copy, &QAction::triggered, this, &TestPanel::copyRows);
}

void TestPanel::showEvent(QShowEvent *event)
{
    if (!m_view) {
        makeContent();
        showState();
    }
    QWidget::showEvent(event);
    emit becameVisible();
}

void TestPanel::copyRows()
{
    std::vector<int> rows = m_view->selectedRows();
    if (rows.empty()) {
        for (int row = 0; row < m_model->rowCount(); ++row)
            rows.push_back(row);
    }
    const auto line = [](const auto &cell) {
        QStringList cells;
        for (int column = 0; column < TestTableModel::ColumnCount; ++column)
            cells << cell(column);
        return cells.join(u'\t');
    };
    QStringList lines{
        line([this](int column) { return m_model->headerData(column, Qt::Horizontal).toString(); })};
    for (const int row : rows)
        lines << line([this, row](int column) { return m_model->plainText(row, column); });
    QApplication::clipboard()->setText(lines.join(u'\n') + u'\n');
    emit copied();
}

void TestPanel::setState(const TestState &state)
{
    m_state = state;
    if (m_view)
        showState();
}

void TestPanel::showState()
{
    m_headline->setText(testHeadline(m_state));
    m_guide->setText(testGuide(m_state));
    const bool isOn = m_state.stage == TestStage::Running || m_state.stage == TestStage::After;
    int item = 0;
    for (const TestPool pool : Pools)
        m_pool->setItemText(item++, testPoolTitle(pool, m_state.kind));
    const bool mayChoose = !isOn || (m_state.isRecording && m_state.stage == TestStage::After);
    m_pool->setEnabled(mayChoose);
    if (!mayChoose)
        m_pool->setCurrentIndex(static_cast<int>(m_state.pool));
    m_report->setVisible(m_state.stage == TestStage::After || m_state.stage == TestStage::Done);
    m_finish->setEnabled(m_state.stage == TestStage::After && !m_state.isRecording);
    for (QWidget *widget : {static_cast<QWidget *>(m_every), static_cast<QWidget *>(m_period)})
        widget->setVisible(!m_state.isRecording);
}

void TestPanel::setResult(const TestResult &result)
{
    m_model->setResult(result);
}

void TestPanel::setNumberStyle(NumberStyle style)
{
    m_model->setNumberStyle(style);
}

TestPool TestPanel::chosenPool() const
{
    return m_pool ? Pools[m_pool->currentIndex()] : m_state.pool;
}

void TestPanel::setPeriod(std::optional<std::chrono::milliseconds> period)
{
    m_periodWanted = period;
    if (m_period)
        m_period->setPeriod(period);
}

std::optional<std::chrono::milliseconds> TestPanel::period() const
{
    return m_period ? m_period->period() : m_periodWanted;
}

} // namespace poolscope
