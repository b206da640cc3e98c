using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Accounts;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Security;
using Republic.Core.Tools.Servers;

namespace Republic.Core.Tools.Commands;

/// <summary>The list of tool commands: superusers add to it and take from it, everybody reads its names.</summary>
public sealed class ToolCommandEditor(RepublicDb db, SecretBox box, AuditLog audit, LiveEvents live, TimeProvider time)
{
    public const int MaxCommands = 100;

    private static readonly Failure OnlySuperusers = Failure.Forbidden("Only a superuser decides which commands may be run.");

    /// <summary>The commands by name, with their command lines: for superusers.</summary>
    public Task<List<ToolCommand>> ListAsync(CancellationToken ct) =>
        db.ToolCommands.AsNoTracking().OrderBy(command => command.Name).ToListAsync(ct);

    /// <summary>The commands by name, as everybody who is signed in may see them.</summary>
    public Task<List<ToolCommandName>> NamesAsync(CancellationToken ct) =>
        db
            .ToolCommands.OrderBy(command => command.Name)
            .Select(command => new ToolCommandName(command.Id, command.Name, command.Description))
            .ToListAsync(ct);

    public async Task<Outcome<ToolCommand>> AddAsync(Guid person, ToolCommandInput input, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.KeepsAdministeringAsync(person, ct))
        {
            return OnlySuperusers;
        }

        await AdvisoryLocks.TakeAsync(db, Guid.Empty, AdvisoryLocks.Additions, ct);
        var others = await db.ToolCommands.Select(command => command.Name).ToListAsync(ct);
        if (others.Count >= MaxCommands)
        {
            return Failure.Conflict($"There are {MaxCommands} commands, and that is the most. Delete one first.");
        }

        if (ToolCommandRules.Problem(input, others) is { } problem)
        {
            return problem;
        }

        var added = New(person, input);
        db.ToolCommands.Add(added);
        // The name alone: what stands in a command line may be a secret.
        await audit.CommitAsync(db, person, AuditActions.ToolCommandAdded, added.Name, ct);
        return added;
    }

    /// <summary>Takes a command off the list. Servers that people made of it stay, say why they do not work any more, and run nothing.</summary>
    /// <returns>Its name.</returns>
    public async Task<Outcome<string>> DeleteAsync(Guid person, Guid id, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.KeepsAdministeringAsync(person, ct))
        {
            return OnlySuperusers;
        }

        if (await db.ToolCommands.SingleOrDefaultAsync(command => command.Id == id, ct) is not { } command)
        {
            return Failure.NotFound("command");
        }

        var users = await db
            .ToolServers.Where(server => server.CommandId == id)
            .Select(server => new { server.Id, server.OwnerId })
            .ToListAsync(ct);
        await db
            .ToolServers.Where(server => server.CommandId == id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(server => server.Error, ToolCommandRunner.Gone).SetProperty(server => server.CommandId, (Guid?)null),
                ct
            );
        db.ToolCommands.Remove(command);
        await audit.CommitAsync(db, person, AuditActions.ToolCommandDeleted, command.Name, ct);
        users.ForEach(server => live.Publish(server.OwnerId, new LiveEvent(ToolServerEditor.Changed, server.Id, null)));
        return command.Name;
    }

    private ToolCommand New(Guid person, ToolCommandInput input)
    {
        var environment = (input.Environment ?? new Dictionary<string, string?>()).ToDictionary(
            variable => variable.Key,
            variable => variable.Value!,
            StringComparer.Ordinal
        );
        var added = new ToolCommand
        {
            Name = input.Name!.Trim(),
            Description = input.Description?.Trim() ?? "",
            Command = input.Command!.Trim(),
            Arguments = [.. (input.Arguments ?? []).Select(argument => argument!)],
            EnvironmentNames = [.. environment.Keys.Order(StringComparer.Ordinal)],
            AddedBy = person,
            AddedAt = time.GetUtcNow(),
        };
        added.SealedEnvironment =
            environment.Count == 0 ? null : box.Seal(JsonSerializer.Serialize(environment), ToolCommand.SealedKeys.For(added.Id));
        return added;
    }
}
