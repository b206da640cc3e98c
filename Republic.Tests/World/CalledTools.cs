using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering;
using Republic.Core.Answering.Tools;
using Republic.Core.Citizens;
using Republic.Core.Minions;
using Republic.Core.Tools.BuiltIn;

namespace Republic.Tests.World;

/// <summary>The built-in tools of one minion in one answer, called as a model calls them.</summary>
internal sealed class CalledTools(BuiltInTools tools, ToolScope scope)
{
    public ToolScope Scope => scope;

    public ToolSession Session => scope.Session;

    /// <param name="collections">Those that may be searched.</param>
    public static async Task<CalledTools> OpenAsync(IRepublic republic, Guid minion, params IReadOnlyList<Guid> collections)
    {
        ArgumentNullException.ThrowIfNull(republic);
        var found = await republic.QueryAsync(db => db.Minions.AsNoTracking().Include(m => m.Citizen).SingleAsync(m => m.Id == minion));
        return new CalledTools(
            republic.Services.GetRequiredService<BuiltInTools>(),
            ScopeOf(new ToolOrder(found, AnswerAudience.Owner), collections)
        );
    }

    public static ToolScope ScopeOf(ToolOrder order, params IReadOnlyList<Guid> collections) =>
        new(order, collections) { Session = new ToolSession(new ToolNotes([])) };

    /// <summary>A minion that stands in no database.</summary>
    public static Minion Nobody()
    {
        var citizen = new Citizen
        {
            Kind = CitizenKind.Minion,
            DisplayName = "Sage",
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        return new Minion
        {
            Id = citizen.Id,
            Citizen = citizen,
            OwnerId = Guid.CreateVersion7(),
            Name = "sage",
            Provider = "local",
            ModelId = "sprout",
            RepublicId = "sage-00000000",
            RepublicKeyHash = [],
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        };
    }

    public async Task<string> CallAsync(string name, object? arguments = null)
    {
        var tool = BuiltInTools.Offer(tools.Find(name)!, scope, isAlways: false);
        var given = Arguments(arguments).ToDictionary(pair => pair.Key, pair => (object?)pair.Value);
        return (string)(await tool.Function.InvokeAsync(new AIFunctionArguments(given), TestContext.Current.CancellationToken))!;
    }

    /// <summary>The reason why there is no result.</summary>
    public async Task<string> RefusedAsync(string name, object? arguments = null) =>
        (await Assert.ThrowsAsync<ToolException>(() => CallAsync(name, arguments))).Message;

    public static IReadOnlyDictionary<string, JsonElement> Arguments(object? arguments) =>
        ToolResult.Object(JsonSerializer.Serialize(arguments ?? new object()));
}
