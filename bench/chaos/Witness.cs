using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Republic.Core.Data;

namespace Republic.Bench;

/// <summary>The database, and triggers in it that write down which process wrote what while which one held the job.</summary>
internal sealed class Witness(EmbeddedPostgres postgres, string folder) : IAsyncDisposable
{
    private const string Triggers = """
        create table if not exists chaos_writes (id bigserial primary key, kind text, run uuid, writer text, holder text, epoch int);
        create table if not exists chaos_steps (id bigserial primary key, run uuid, step int, goes_on boolean, at timestamptz);
        create table if not exists chaos_waits (job uuid);
        create table if not exists chaos_holds (job uuid);
        create table if not exists chaos_starts (job uuid, epoch int, node text, at timestamptz);
        create or replace function chaos_write() returns trigger language plpgsql as $$
        begin
          insert into chaos_writes (kind, run, writer, holder, epoch)
            select tg_table_name, new.training_job_id, current_setting('application_name'), j.node, j.epoch
            from training_jobs t join jobs j on j.id = t.work_id where t.id = new.training_job_id;
          if tg_table_name = 'training_steps' then
            perform pg_notify('chaos', json_build_object('what', 'step', 'step', new.index, 'active', new.status = 'Active', 'node', j.node)::text)
              from training_jobs t join jobs j on j.id = t.work_id where t.id = new.training_job_id;
          elsif tg_table_name = 'training_events' then
            if new.kind = 'loss' and new.data->>'kind' = 'train' then
              insert into chaos_steps (run, step, goes_on, at) values (new.training_job_id, (new.data->>'step')::int, false, clock_timestamp());
              perform pg_notify('chaos', json_build_object('what', 'loss', 'step', 3, 'node', j.node)::text)
                from training_jobs t join jobs j on j.id = t.work_id where t.id = new.training_job_id;
            elsif new.kind = 'log' and new.data->>'text' like 'Goes on after step %' then
              insert into chaos_steps (run, step, goes_on, at)
                values (new.training_job_id, substring(new.data->>'text' from 'step (\d+)')::int, true, clock_timestamp());
            end if;
          end if;
          return new;
        end $$;
        create or replace function chaos_start() returns trigger language plpgsql as $$
        begin
          if new.epoch <> old.epoch then
            insert into chaos_starts values (new.id, new.epoch, new.node, clock_timestamp());
          elsif old.status = 'Running' and new.status = 'Queued' and new.waits_for is not null then
            insert into chaos_waits values (new.id);
          elsif old.status = 'Running' and new.held_until is not null then
            insert into chaos_holds values (new.id);
          end if;
          return new;
        end $$;
        create or replace trigger chaos after insert or update on training_steps for each row execute function chaos_write();
        create or replace trigger chaos after insert or update on training_calls for each row execute function chaos_write();
        create or replace trigger chaos after insert on training_events for each row execute function chaos_write();
        create or replace trigger chaos after insert on minion_versions for each row when (new.training_job_id is not null) execute function chaos_write();
        create or replace trigger chaos after update on jobs for each row execute function chaos_start();
        """;

    public string ConnectionString => postgres.ConnectionString;

    private string Own => $"{ConnectionString};Application Name=chaos;Maximum Pool Size=10";

    public List<DateTimeOffset> Downs { get; } = [];

    public static async Task<Witness> StartAsync(string folder) =>
        new(await EmbeddedPostgres.StartAsync(new DataFolder(folder), NullLogger.Instance, CancellationToken.None), folder);

    public Task WatchAsync() => ExecuteAsync(Triggers);

    /// <summary>As pg_ctl stop -m immediate; it is started again on the same port.</summary>
    public void Restart()
    {
        Downs.Add(TimeProvider.System.GetUtcNow());
        var postmaster = File.ReadLines(Path.Combine(folder, "pg", "postmaster.pid")).First();
        Signals.Send(int.Parse(postmaster), Signals.Quit);
    }

    public Task CutAsync() =>
        ExecuteAsync(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'node-%' and pid <> pg_backend_pid()"
        );

    public async Task ExecuteAsync(string sql)
    {
        await using var source = new NpgsqlConnection(Own);
        await source.OpenAsync();
        await using var command = new NpgsqlCommand(sql, source);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Rows as JSON, for a query with one column of it.</summary>
    public async Task<List<JsonElement>> RowsAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Own);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"select to_jsonb(q)::text from ({sql}) q", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<JsonElement>();
        while (await reader.ReadAsync())
        {
            rows.Add(JsonElement.Parse(reader.GetString(0)));
        }

        return rows;
    }

    /// <summary>As <see cref="RowsAsync"/>; null when the database is away.</summary>
    public async Task<List<JsonElement>?> TryRowsAsync(string sql)
    {
        try
        {
            return await RowsAsync(sql);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Tells of every step that begins or ends, until cancelled.</summary>
    public async Task ListenAsync(Action<JsonElement> heard, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(Own + ";Pooling=false");
                await connection.OpenAsync(ct);
                connection.Notification += (_, told) => heard(JsonElement.Parse(told.Payload));
                await using (var listen = new NpgsqlCommand("listen chaos", connection))
                {
                    await listen.ExecuteNonQueryAsync(ct);
                }

                while (true)
                {
                    await connection.WaitAsync(ct);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                await Task.Delay(200, CancellationToken.None);
            }
        }
    }

    public ValueTask DisposeAsync() => postgres.DisposeAsync();
}
