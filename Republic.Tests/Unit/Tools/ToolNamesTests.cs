using Republic.Core.Tools;

namespace Republic.Tests.Unit.Tools;

public sealed class ToolNamesTests
{
    private readonly ToolNames names = new(["calculate"]);

    [Fact]
    public void A_tool_keeps_its_own_name_where_models_take_it_and_nothing_else_has_it()
    {
        Assert.Equal("search_issues", names.Of("forge", "search_issues"));
        Assert.Equal("forge_calculate", names.Of("forge", "calculate"));
        Assert.Equal("other_Search_Issues", names.Of("other", "Search_Issues"));
    }

    [Fact]
    public void What_models_do_not_take_is_replaced_and_each_name_is_given_once()
    {
        Assert.Equal("my_forge_issues_search", names.Of("my forge", "issues.search"));
        Assert.Equal("my_forge_issues_search_2", names.Of("my forge", "issues/search"));
        Assert.Equal("forge_", names.Of("forge", ""));
        Assert.Equal("forge_l_schen", names.Of("forge", "löschen"));
    }

    [Fact]
    public void No_name_is_longer_than_models_take()
    {
        var tool = new string('a', 100);

        var (first, second) = (names.Of("forge", tool), names.Of("forge", tool));

        Assert.Equal((64, 64), (first.Length, second.Length));
        Assert.EndsWith("_2", second, StringComparison.Ordinal);
    }
}
