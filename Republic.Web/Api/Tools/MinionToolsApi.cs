using Republic.Core.Tools;
using Republic.Core.Tools.BuiltIn;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Tools;

/// <summary>The tools of a minion.</summary>
internal static class MinionToolsApi
{
    public static void MapMinionTools(this IEndpointRouteBuilder app)
    {
        var tools = app.MapGroup("/api/minions/{id:guid}/tools").WithTags("Minions");
        tools.MapGet("/", GetAsync).Produces<MinionToolsFound>();
        tools.MapPut("/", SaveAsync).Produces<MinionToolsFound>();
    }

    private static async Task<IResult> GetAsync(MinionToolCards tools, CurrentPerson person, Guid id, CancellationToken ct) =>
        (await tools.FindAsync(person.Id, id, ct)).ToResult(card => TypedResults.Ok(MinionToolsFound.Of(card)));

    /// <summary>What is left out stays. A server without <c>tools</c> has all of its tools switched on.</summary>
    private static async Task<IResult> SaveAsync(
        MinionToolEditor tools,
        CurrentPerson person,
        Guid id,
        MinionToolsInput input,
        CancellationToken ct
    ) => (await tools.SaveAsync(person.Id, id, input, ct)).ToResult(card => TypedResults.Ok(MinionToolsFound.Of(card)));

    internal sealed record MinionToolsFound(ToolsOfMinion Tools)
    {
        public static MinionToolsFound Of(MinionToolsCard card) =>
            new(
                new ToolsOfMinion(
                    [.. card.BuiltIn.Where(tool => tool.IsOn).Select(tool => tool.Tool.Name)],
                    [.. card.Servers.Where(server => server.On.Count > 0).Select(ServerOfMinion.Of)],
                    [.. card.BuiltIn.Select(AvailableTool.Of)],
                    ToolLimits.Present
                )
            );
    }

    /// <param name="Builtin">The names of the built-in tools that are on.</param>
    /// <param name="Servers">Those with tools that are on.</param>
    /// <param name="Available">All built-in tools.</param>
    internal sealed record ToolsOfMinion(
        IReadOnlyList<string> Builtin,
        IReadOnlyList<ServerOfMinion> Servers,
        IReadOnlyList<AvailableTool> Available,
        ToolLimits Limits
    );

    /// <param name="Tools">The names of those that are on.</param>
    /// <param name="Changed">Those of them of which the server says something else now than what was allowed: they ask again.</param>
    internal sealed record ServerOfMinion(Guid Id, string Name, IReadOnlyList<string> Tools, IReadOnlyList<string> Changed)
    {
        public static ServerOfMinion Of(MinionServerCard card) => new(card.Id, card.Name, Names(card.On), Names(card.Changed));

        private static IReadOnlyList<string> Names(IReadOnlyList<MinionServerTool> tools) => [.. tools.Select(tool => tool.Tool.Name)];
    }

    /// <param name="Always">No call of it asks, as its person said.</param>
    internal sealed record AvailableTool(string Name, string Title, ToolEffect Effect, bool On, bool Always)
    {
        public static AvailableTool Of(BuiltInToolCard card) =>
            new(card.Tool.Name, card.Tool.Title, card.Tool.Effect, card.IsOn, card.IsAlways);
    }
}
