using Markdig.Extensions.TaskLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Republic.Core.Chats.Prose;

/// <summary>A tick box that nobody can tick is a picture of one.</summary>
internal sealed class TaskMarkRenderer : HtmlObjectRenderer<TaskList>
{
    protected override void Write(HtmlRenderer renderer, TaskList obj) => renderer.Write(obj.Checked ? "☑" : "☐");
}
