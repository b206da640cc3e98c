using Republic.Core.Tools.Commands;
using Republic.Core.Tools.Servers;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Tools;

/// <summary>The tool servers of the person who asks. The values of their headers are never given back.</summary>
internal static class ToolServerApi
{
    public static void MapToolServers(this IEndpointRouteBuilder app)
    {
        var servers = app.MapGroup("/api/tool-servers").WithTags("Tools");
        servers.MapGet("/", ListAsync).Produces<ToolServerList>();
        servers.MapPost("/", AddAsync).Produces<ToolServerFound>(StatusCodes.Status201Created);
        servers.MapGet("/{id:guid}", GetAsync).Produces<ToolServerFound>();
        servers.MapPut("/{id:guid}", ChangeAsync).Produces<ToolServerFound>();
        servers.MapDelete("/{id:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
        servers.MapPost("/{id:guid}/refresh", RefreshAsync).Produces<ToolServerFound>();
        app.MapGet("/api/tool-commands", CommandsAsync).WithTags("Tools").Produces<ToolCommandList>();
    }

    /// <summary>By name.</summary>
    private static async Task<IResult> ListAsync(ToolServerCards cards, CurrentPerson me, CancellationToken ct) =>
        TypedResults.Ok(new ToolServerList(await cards.ListAsync(me.Id, ct)));

    /// <summary>The commands of this machine that a server can be made of, by name.</summary>
    private static async Task<IResult> CommandsAsync(ToolCommandEditor commands, CancellationToken ct) =>
        TypedResults.Ok(new ToolCommandList(await commands.NamesAsync(ct)));

    /// <summary>Adds a server of the Model Context Protocol, over HTTP or a command of the list, and reads its tools. Where that fails, it is there with the status <c>error</c>.</summary>
    private static async Task<IResult> AddAsync(
        ToolServerEditor editor,
        ToolServerCards cards,
        CurrentPerson me,
        ToolServerBody body,
        CancellationToken ct
    )
    {
        var added = await editor.AddAsync(me.Id, body.ToInput(), ct);
        var card = added.Ok ? await cards.FindAsync(me.Id, added.Value, ct) : added.Failure;
        return card.ToResult(made => TypedResults.Created($"/api/tool-servers/{made.Id}", new ToolServerFound(made)));
    }

    private static async Task<IResult> GetAsync(ToolServerCards cards, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await cards.FindAsync(me.Id, id, ct)).ToResult(card => TypedResults.Ok(new ToolServerFound(card)));

    /// <summary>What is left out stays. Another URL drops the headers, unless they are given again.</summary>
    private static async Task<IResult> ChangeAsync(
        ToolServerEditor editor,
        ToolServerCards cards,
        CurrentPerson me,
        Guid id,
        ToolServerBody body,
        CancellationToken ct
    )
    {
        var changed = await editor.ChangeAsync(me.Id, id, body.ToInput(), ct);
        return changed.Ok ? await GetAsync(cards, me, id, ct) : changed.Failure.ToProblem();
    }

    private static async Task<IResult> DeleteAsync(ToolServerEditor editor, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await editor.DeleteAsync(me.Id, id, ct)).ToResult(_ => TypedResults.NoContent());

    /// <summary>Reads its tools anew.</summary>
    private static async Task<IResult> RefreshAsync(
        ToolServerEditor editor,
        ToolServerCards cards,
        CurrentPerson me,
        Guid id,
        CancellationToken ct
    )
    {
        var read = await editor.RefreshAsync(me.Id, id, ct);
        return read.Ok ? await GetAsync(cards, me, id, ct) : read.Failure.ToProblem();
    }

    internal sealed record ToolServerList(IReadOnlyList<ToolServerCard> ToolServers);

    internal sealed record ToolServerFound(ToolServerCard ToolServer);

    internal sealed record ToolCommandList(IReadOnlyList<ToolCommandName> ToolCommands);

    /// <param name="Name">Letters, digits, spaces, _ and -, unique among the person's.</param>
    /// <param name="Headers">Sent with each request, such as <c>Authorization</c>, in place of those that there are.</param>
    /// <param name="CommandId">One of <c>/api/tool-commands</c>, instead of a URL. It is chosen once.</param>
    internal sealed record ToolServerBody(string? Name, string? Url, Dictionary<string, string?>? Headers, Guid? CommandId)
    {
        public ToolServerInput ToInput() => new(Name, Url) { Headers = Headers, CommandId = CommandId };
    }
}
