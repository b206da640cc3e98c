using Republic.Tests.Architecture;
using Republic.Web.Pages.Search;

namespace Republic.Tests.Unit.Pages.Search;

public sealed class CommandsTests
{
    private static readonly Guid Ada = new("019a0000-0000-7000-8000-000000000001");

    private static readonly (Guid Id, string Name)[] Minions = [(Ada, "Ada"), (Guid.CreateVersion7(), "Far-chess 小红")];

    [Theory]
    [InlineData("nt", "New task")]
    [InlineData("ne ta", "New task")]
    [InlineData("NEWTASK", "New task")]
    [InlineData("new d", "New dataset")]
    [InlineData("ada", "New chat with Ada")]
    [InlineData("tr ada", "Train Ada")]
    [InlineData("chat far-c", "New chat with Far-chess 小红")]
    [InlineData("小", "New chat with Far-chess 小红")]
    [InlineData("spend", "Go to Spending and budgets")]
    [InlineData("tok", "Go to Access tokens")]
    [InlineData("shortc", "Show the shortcuts")]
    public void Beginnings_of_words_are_enough(string typed, string expected) => Assert.Equal(expected, Matching(typed)[0].Text);

    [Theory]
    [InlineData("ewtask")]
    [InlineData("task new")]
    [InlineData("nttt")]
    [InlineData("%")]
    [InlineData("-")]
    [InlineData("refund")]
    public void What_no_words_begin_with_is_no_command(string typed) => Assert.Empty(Matching(typed));

    [Fact]
    public void Whole_beginnings_come_before_those_of_words_and_initials_come_last()
    {
        var found = Matching("ta").Select(command => command.Text).ToList();

        Assert.Equal(["New task", "Go to Tasks", "Go to Tasks shared with me"], found.Take(3));
        // T and A.
        Assert.Contains("Train Ada", found.Skip(3));
        Assert.Equal("Train Ada", Matching("train")[0].Text);
    }

    [Fact]
    public void Before_anything_is_typed_the_usual_ones_are_offered() =>
        Assert.Equal(
            ["New chat", "New task", "New minion", "New dataset"],
            Commands.Matching(null, isSuperuser: false, Minions, 20).Select(command => command.Text)
        );

    [Fact]
    public void No_more_are_given_than_are_asked_for() => Assert.Equal(3, Commands.Matching("n", isSuperuser: false, Minions, 3).Count);

    [Fact]
    public void Pages_of_superusers_are_offered_to_them_alone()
    {
        Assert.Empty(Matching("audit log"));
        Assert.Equal("/admin/audit", Assert.Single(Commands.Matching("audit log", isSuperuser: true, Minions, 20)).Address);
    }

    [Fact]
    public void Each_leads_to_a_page_that_is_there_and_is_called_as_no_other()
    {
        var all = Commands.All(isSuperuser: true, Minions).ToList();

        Assert.All(all, command => Assert.True(PageRoute.At(command.Address.Split('?', '#')[0]) is not null, command.Address));
        Assert.Equal(all.Count, all.DistinctBy(command => command.Text).Count());
        Assert.Contains(all, command => command.Address == $"/training/new?minion={Ada}");
    }

    [Fact]
    public void Each_has_its_picture_and_keys_of_its_own()
    {
        var sprite = File.ReadAllText(Path.Combine(SourceFile.Root, "wwwroot/lib/icons.svg"));
        var all = Commands.All(isSuperuser: true, Minions).ToList();

        var icons = all.Select(command => command.Icon).Concat(SearchKind.All.Select(kind => kind.Icon)).Distinct();
        Assert.All(icons, icon => Assert.Contains($"id=\"{icon}\"", sprite, StringComparison.Ordinal));
        var keys = all.Select(command => command.Keys).OfType<string>().ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }

    [Fact]
    public void Two_hundred_minions_and_two_hundred_letters_are_compared_at_once()
    {
        var many = Enumerable.Range(0, 200).Select(i => (Guid.CreateVersion7(), string.Join(' ', Enumerable.Repeat("a", 30)))).ToList();

        Assert.Empty(Commands.Matching(new string('a', 199) + "b", isSuperuser: false, many, 20));
    }

    private static IReadOnlyList<Command> Matching(string typed) => Commands.Matching(typed, isSuperuser: false, Minions, 20);
}
