// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/numberformat.h"
#include "model/core/result.h"
#include "model/sampling/frame.h"

#include <QWidget>

#include <optional>

namespace poolscope {

class DetailsContent;

/// All that is known of one tag: name and raw bytes, type, who owns it, its counters now, since the last
/// sample and since the baseline, its growth, what the analysis says, and what to do next. Made when it is
/// first seen; follows the frames while it is visible. Window thread.
class DetailsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit DetailsPanel(QWidget *parent = nullptr);

    void setTag(const Tag &tag);
    [[nodiscard]] const std::optional<Tag> &tag() const { return m_tag; }
    void setFrame(const FramePtr &frame);
    void setNumberStyle(NumberStyle style);
    /// Another session: its numbers go, the tag stays wanted.
    void clear();
    /// The user chose another file of tag names.
    void reloadNames();

signals:
    void noteFailed(const poolscope::Error &error);
    /// The user asked for a tag that is named here.
    void tagChosen(const poolscope::Tag &tag);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void makeContent();
    void refresh();

    std::optional<Tag> m_tag;
    FramePtr m_frame;
    NumberStyle m_style = NumberStyle::Grouped;
    DetailsContent *m_content = nullptr; ///< null until first seen
};

} // namespace poolscope
