using Republic.Core.Scenarios.Editing;

namespace Republic.Tests.Unit.Scenarios.Editing;

public sealed class ReferenceRenameTests
{
    [Theory]
    [InlineData("facts.leak", "facts.hole")]
    [InlineData("facts . leak == 1", "facts . hole == 1")]
    [InlineData("facts[\"leak\"] == facts[ 'leak' ]", "facts[\"hole\"] == facts[ 'hole' ]")]
    [InlineData("facts.leak.contains(\"a\") || facts[\"leak\"].size() > 1", "facts.hole.contains(\"a\") || facts[\"hole\"].size() > 1")]
    [InlineData("\"leak\" in facts && has(facts.leak)", "\"hole\" in facts && has(facts.hole)")]
    public void All_that_mean_it_have_the_new_name(string condition, string renamed) =>
        Assert.Equal(renamed, ReferenceRename.In(condition, "facts", "leak", "hole"));

    [Theory]
    [InlineData("facts.leaks == 1 && facts.a_leak == 2")]
    [InlineData("visits.leak > 1")]
    [InlineData("myfacts.leak || step.facts.leak")]
    [InlineData("step.text.contains(\"facts.leak\") || step.text == 'it\\'s facts.leak'")]
    [InlineData("\"leak\" in facts.list")]
    [InlineData("\"leak\" == outcome")]
    public void What_only_looks_like_it_stays(string condition) =>
        Assert.Equal(condition, ReferenceRename.In(condition, "facts", "leak", "hole"));
}
