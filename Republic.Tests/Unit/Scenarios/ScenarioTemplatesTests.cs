using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Templates;
using Republic.Core.Scenarios.Yaml;

namespace Republic.Tests.Unit.Scenarios;

public sealed class ScenarioTemplatesTests
{
    [Fact]
    public void There_are_four_and_each_is_found_by_its_key()
    {
        Assert.Equal(["code-review", "debate", "interview", "research"], ScenarioTemplates.All.Select(template => template.Key));
        Assert.All(ScenarioTemplates.All, template => Assert.Same(template, ScenarioTemplates.Find(template.Key)));
        Assert.Null(ScenarioTemplates.Find("chess"));
        Assert.Null(ScenarioTemplates.Find(null));
    }

    [Theory]
    [InlineData("code-review")]
    [InlineData("debate")]
    [InlineData("interview")]
    [InlineData("research")]
    public void It_has_no_problems_and_stays_the_same_as_text(string key)
    {
        var definition = ScenarioTemplates.Find(key)!.Definition;

        Assert.Empty(ScenarioChecks.Of(definition));
        var yaml = ScenarioYaml.Write(definition);
        var read = ScenarioYaml.Read(yaml);
        Assert.Empty(read.Problems);
        Assert.Equal(yaml, ScenarioYaml.Write(read.Definition!));
        Assert.Contains(definition.States, state => state.Result == EndResult.Success);
        Assert.NotNull(definition.Limits.Cost);
        Assert.Contains(definition.Roles, role => role.Name == definition.Learner);
    }
}
