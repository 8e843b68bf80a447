// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/tablecommands.h"

#include "views/table/tablepanel.h"
#include "views/table/tagtableview.h"
#include "views/window/windowactions.h"
#include "views/window/windowsettings.h"
#include "views/window/workspace.h"

#include <QAction>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QLatin1StringView ColumnsState("columns");
constexpr QLatin1StringView GrowingOnly("growingOnly");
constexpr QLatin1StringView Totals("totals");
constexpr QLatin1StringView Highlight("highlight");

} // namespace

TableCommands::TableCommands(
    WindowActions &actions, Workspace &workspace, TablePanel &live, WindowSettings &settings, QObject *parent)
    : QObject(parent)
    , m_actions(actions)
    , m_workspace(workspace)
    , m_live(live)
    , m_settings(settings)
{
    connectActions();
    connectLive();
    connect(&m_workspace, &Workspace::currentPageChanged, this, &TableCommands::showStates);
    showStates();
}

void TableCommands::connectActions()
{
    connect(m_actions.copy, &QAction::triggered, this, [this] {
        if (TablePanel *table = front())
            table->view()->copySelection();
    });
    connect(m_actions.copyMarkdown, &QAction::triggered, this, [this] {
        if (TablePanel *table = front())
            table->view()->copySelectionAsMarkdown();
    });
    m_live.addAction(m_actions.copyMarkdown);
    connect(m_actions.find, &QAction::triggered, this, [this] {
        if (TablePanel *table = front())
            table->focusFilter();
    });
    connect(m_actions.holdOrder, &QAction::triggered, m_live.view(), &TagTableView::setHoldOrder);
    connect(m_actions.highlight, &QAction::triggered, m_live.view(), &TagTableView::setHighlight);
    connect(m_actions.totals, &QAction::triggered, this, [this](bool on) {
        if (TablePanel *table = front())
            table->setTotalsVisible(on);
    });
}

void TableCommands::connectLive()
{
    TagTableView *view = m_live.view();
    connect(view, &TagTableView::quitRequested, this, &TableCommands::quitRequested);
    connect(view, &TagTableView::keysHelpRequested, this, &TableCommands::keysHelpRequested);
    connect(view, &TagTableView::holdOrderChanged, this, &TableCommands::showStates);
    connect(view, &TagTableView::highlightChanged, this, &TableCommands::showStates);
    connect(&m_live, &TablePanel::totalsVisibleChanged, this, &TableCommands::showStates);
}

TablePanel *TableCommands::front() const
{
    QWidget *page = m_workspace.currentPage();
    if (auto *table = qobject_cast<TablePanel *>(page))
        return table;
    return page->findChild<TablePanel *>();
}

void TableCommands::showStates()
{
    const TablePanel *table = front();
    for (QAction *action : {m_actions.copy, m_actions.copyMarkdown, m_actions.find, m_actions.totals})
        action->setEnabled(table != nullptr);
    m_actions.totals->setChecked(table && table->areTotalsVisible());
    m_actions.holdOrder->setChecked(m_live.view()->isHoldOrder());
    m_actions.highlight->setChecked(m_live.view()->isHighlighting());
}

void TableCommands::restore()
{
    const QByteArray columns = m_settings.state(ColumnsState);
    if (!columns.isEmpty() && !m_live.view()->restoreLayout(columns))
        m_settings.reportUnusableState(ColumnsState);
    m_live.setFilterText(m_settings.filterText());
    m_live.setTypeFilter(m_settings.typeFilter());
    m_live.setGrowingOnly(m_settings.flag(GrowingOnly, false));
    m_live.setTotalsVisible(m_settings.flag(Totals, true));
    m_live.view()->setHighlight(m_settings.flag(Highlight, true));
    showStates();
}

void TableCommands::remember()
{
    m_settings.setState(ColumnsState, m_live.view()->saveLayout());
    m_settings.setFilterText(m_live.filterText());
    m_settings.setTypeFilter(m_live.typeFilter());
    m_settings.setFlag(GrowingOnly, m_live.model()->filter().isGrowingOnly());
    m_settings.setFlag(Totals, m_live.areTotalsVisible());
    m_settings.setFlag(Highlight, m_live.view()->isHighlighting());
}

} // namespace poolscope
