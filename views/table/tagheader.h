// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHeaderView>

namespace poolscope {

/// The header of a TagTableView: its height depends on the font alone, so it is measured once and not with
/// every column that is resized, which at the program's start are all of them.
class TagHeader : public QHeaderView
{
    Q_OBJECT

public:
    explicit TagHeader(QWidget *parent);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    mutable QSize m_hint; ///< invalid: to be measured
};

} // namespace poolscope
