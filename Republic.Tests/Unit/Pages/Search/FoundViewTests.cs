using System.Globalization;
using Republic.Core.Search;
using Republic.Web.Pages.Search;

namespace Republic.Tests.Unit.Pages.Search;

public sealed class FoundViewTests
{
    private static readonly Command NewTask = new("New task", "/tasks?new=TODO", "view_kanban");

    [Fact]
    public void Commands_stand_before_what_is_found_and_kinds_in_their_order()
    {
        var view = FoundView.Of("pa", [NewTask], [Found("run", "Paints"), Found("task", "Paint"), Found("minion", "Painter")], 5);

        Assert.Equal(["Commands", "Minions", "Tasks", "Training"], view.Groups.Select(group => group.Name));
    }

    [Fact]
    public void Before_anything_is_typed_the_recent_comes_first()
    {
        var earlier = Found("task", "Paint") with { At = At.AddDays(-1) };

        var view = FoundView.Of(null, [NewTask], [earlier, Found("conversation", "Herons")], 5);

        Assert.Equal(["Recent", "Commands"], view.Groups.Select(group => group.Name));
        Assert.Equal(["Herons", "Paint"], view.Groups[0].Options.Select(option => Assert.Single(option.Title.Parts).Text));
    }

    [Fact]
    public void A_chat_stands_there_once_however_often_it_is_found()
    {
        var chat = Guid.CreateVersion7();
        var titled = Found("conversation", "Herons") with { Id = chat };
        SearchResult[] said = [.. Enumerable.Range(0, 3).Select(_ => Found("message", "Herons") with { Conversation = chat })];

        var group = Assert.Single(FoundView.Of("heron", [], [titled, .. said], 5).Groups);

        Assert.Equal("Chats", group.Name);
        Assert.Single(group.Options);
    }

    [Fact]
    public void A_page_that_a_command_goes_to_does_not_stand_there_as_a_setting_too()
    {
        SearchResult[] settings = [.. SettingPage.All.Take(2).Select(page => new SearchResult("setting", page.Id, page.Title, "", At))];

        var view = FoundView.Of("pr", [new Command("Go to Profile", SettingPage.All[0].Address, "person")], settings, 5);

        Assert.Equal(["Commands", "Settings"], view.Groups.Select(group => group.Name));
        Assert.Equal(SettingPage.All[1].Address, Assert.Single(view.Groups[1].Options).Address);
    }

    [Fact]
    public void No_group_grows_beyond_what_is_shown_of_it()
    {
        var tasks = Enumerable.Range(0, 9).Select(i => Found("task", $"Paint {i}"));

        Assert.Equal(5, Assert.Single(FoundView.Of("paint", [], [.. tasks], 5).Groups).Options.Count);
    }

    [Fact]
    public void A_line_shows_the_sentence_with_its_words_marked()
    {
        var option = FoundOption.Of(
            new SearchResult("message", Guid.CreateVersion7(), "Birds", "Herons sleep on one leg.", At)
            {
                Conversation = Guid.CreateVersion7(),
                Marks = [(7, 5)],
            }
        );

        Assert.Equal("sleep", Assert.Single(option.Line!.Parts, part => part.Differs).Text);
        Assert.Equal("Herons sleep on one leg.", string.Concat(option.Line.Parts.Select(part => part.Text)));
        Assert.Equal("Birds", Assert.Single(option.Title.Parts).Text);
        Assert.Equal(("Message", At), (option.Kind, option.At!.Value));
        Assert.StartsWith("/chats/", option.Address, StringComparison.Ordinal);
    }

    private static DateTimeOffset At => DateTimeOffset.Parse("2026-11-28T10:30:00Z", CultureInfo.InvariantCulture);

    private static SearchResult Found(string kind, string title) => new(kind, Guid.CreateVersion7(), title, "", At);
}
