using Republic.Core.Tools.Commands;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Admin;

/// <summary>Commands of this machine that people may make tool servers of. For superusers.</summary>
internal static class ToolCommandApi
{
    public static void MapToolCommands(this IEndpointRouteBuilder app)
    {
        var commands = app.MapGroup("/api/admin/tool-commands")
            .WithTags("Administration")
            .RequireSuperuser("Only a superuser decides which commands may be run.");
        commands.MapGet("", ListAsync).Produces<ToolCommandLines>();
        commands.MapPost("", AddAsync).RequireSession().Produces<ToolCommandLine>(StatusCodes.Status201Created);
        commands.MapDelete("/{id:guid}", DeleteAsync).RequireSession().Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(ToolCommandEditor commands, CancellationToken ct) =>
        TypedResults.Ok(new ToolCommandLines([.. (await commands.ListAsync(ct)).Select(ToolCommandLine.Of)]));

    /// <summary>Puts a command on the list. The values of its variables are sealed and never given back.</summary>
    private static async Task<IResult> AddAsync(ToolCommandBody body, CurrentPerson me, ToolCommandEditor commands, CancellationToken ct) =>
        (await commands.AddAsync(me.Id, body.ToInput(), ct)).ToResult(added =>
            TypedResults.Created($"/api/admin/tool-commands/{added.Id}", ToolCommandLine.Of(added))
        );

    /// <summary>Takes a command off the list. Servers of it stay, and run nothing.</summary>
    private static async Task<IResult> DeleteAsync(Guid id, CurrentPerson me, ToolCommandEditor commands, CancellationToken ct) =>
        (await commands.DeleteAsync(me.Id, id, ct)).ToResult(_ => TypedResults.NoContent());

    /// <param name="Command">The program alone.</param>
    /// <param name="Environment">Variables that it gets beside PATH, HOME and LANG.</param>
    internal sealed record ToolCommandBody(
        string? Name,
        string? Description,
        string? Command,
        List<string?>? Arguments,
        Dictionary<string, string?>? Environment
    )
    {
        public ToolCommandInput ToInput() => new(Name, Description, Command) { Arguments = Arguments, Environment = Environment };
    }

    internal sealed record ToolCommandLines(IReadOnlyList<ToolCommandLine> ToolCommands);

    internal sealed record ToolCommandLine(
        Guid Id,
        string Name,
        string Description,
        string Command,
        IReadOnlyList<string> Arguments,
        IReadOnlyList<string> EnvironmentNames,
        DateTimeOffset AddedAt
    )
    {
        public static ToolCommandLine Of(ToolCommand command) =>
            new(
                command.Id,
                command.Name,
                command.Description,
                command.Command,
                command.Arguments,
                command.EnvironmentNames,
                command.AddedAt
            );
    }
}
