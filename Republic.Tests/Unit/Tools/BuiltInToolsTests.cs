using System.Text.Json;
using Microsoft.Extensions.AI;
using Republic.Core.Answering;
using Republic.Core.Answering.Tools;
using Republic.Core.Tools.BuiltIn;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Tools;

/// <summary>Tools that come with Republic, as they are offered to a model: when a person is asked, and what the model is told.</summary>
public sealed class BuiltInToolsTests
{
    private readonly ToolScope scope = CalledTools.ScopeOf(new ToolOrder(CalledTools.Nobody(), AnswerAudience.Owner));

    [Theory]
    [InlineData(ToolEffect.Reads, false, false, false)]
    [InlineData(ToolEffect.Reads, true, false, false)]
    [InlineData(ToolEffect.Changes, false, true, true)]
    [InlineData(ToolEffect.Changes, true, true, false)]
    [InlineData(ToolEffect.Sends, false, false, true)]
    [InlineData(ToolEffect.Sends, false, true, false)]
    [InlineData(ToolEffect.Sends, true, false, false)]
    public void What_changes_or_sends_something_asks_until_it_is_allowed(ToolEffect effect, bool isAlways, bool maySend, bool asks)
    {
        var tool = Echo(effect) with { MaySend = (_, _) => maySend };

        Assert.Equal(asks, BuiltInTools.Offer(tool, scope, isAlways).NeedsApproval(CalledTools.Arguments(null)));
    }

    [Fact]
    public void What_sends_and_does_not_say_when_it_may_asks() =>
        Assert.True(BuiltInTools.Offer(Echo(ToolEffect.Sends), scope, isAlways: false).NeedsApproval(CalledTools.Arguments(null)));

    [Fact]
    public async Task A_model_is_told_name_description_and_parameters_and_gets_the_text_as_it_is()
    {
        var offered = BuiltInTools.Offer(Calculator.Calculate, scope, isAlways: false);

        Assert.Equal(("calculate", "calculate"), (offered.Tool, offered.Function.Name));
        Assert.Null(offered.ServerId);
        Assert.StartsWith("Calculates", offered.Function.Description, StringComparison.Ordinal);
        var schema = offered.Function.JsonSchema;
        Assert.Equal(JsonValueKind.Object, schema.GetProperty("properties").GetProperty("expression").ValueKind);
        Assert.Equal("expression", Assert.Single(schema.GetProperty("required").EnumerateArray()).GetString());
        var arguments = new AIFunctionArguments { ["expression"] = JsonElement.Parse("\"6*7\"") };
        Assert.Equal("42", await offered.Function.InvokeAsync(arguments, TestContext.Current.CancellationToken));
    }

    private static BuiltInTool Echo(ToolEffect effect) =>
        new("echo", "Echo", "what it hears", effect, "Says it again.") { Method = _ => (string words) => words };
}
