using Republic.Core.Citizens;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Details;
using Republic.Web.Pages.Tasks;

namespace Republic.Tests.Unit.Pages;

public sealed class CommentHtmlTests
{
    [Fact]
    public void A_comment_is_rendered_once_and_again_when_it_was_changed()
    {
        var author = new TaskCitizen(Guid.CreateVersion7(), CitizenKind.Person, "Ada", null, null);
        var written = new TaskCommentCard(Guid.CreateVersion7(), TaskCommentKind.Comment, "*Done*", author, default, default);
        var changed = written with { Content = "*Undone*", UpdatedAt = DateTimeOffset.UnixEpoch };

        var html = CommentHtml.Of(written);

        Assert.Equal("<p><em>Done</em></p>", html);
        Assert.Same(html, CommentHtml.Of(written with { }));
        Assert.Equal("<p><em>Undone</em></p>", CommentHtml.Of(changed));
    }
}
