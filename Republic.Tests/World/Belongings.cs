using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Republic.Tests.World;

/// <summary>One of everything that a person can have, made through the API: what a stranger must not reach.</summary>
public sealed partial record Belongings(
    ApiClient Api,
    string Person,
    string Minion,
    string RepublicId,
    string Conversation,
    string Message,
    string Session,
    string Token,
    string Dataset,
    string Collection,
    string TrainingJob,
    string Schedule,
    string Calibration,
    string Comparison,
    string Avatar,
    string Credential,
    string Budget,
    string Price,
    string Memory,
    string Model,
    string Capability,
    string WorkTask,
    string TaskShare,
    string Scenario,
    string Episode,
    string ToolServer,
    string ToolCall,
    string Export,
    string Import
)
{
    /// <summary>A PNG of one pixel.</summary>
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    /// <param name="marker">Stands in every text, so that it is found wherever one of them leaks to.</param>
    public static async Task<Belongings> MakeAsync(Inhabitant person, string marker)
    {
        var api = person.Api;
        var minion = await person.NewMinionAsync(
            $"hers-{Guid.CreateVersion7():N}",
            more: new JsonObject { ["description"] = marker, ["system_prompt"] = marker }
        );
        var conversation = await api.PostAsync("/api/conversations", new { participants = new[] { minion.Id }, title = marker });
        var id = conversation["conversation"]!["id"]!.GetValue<string>();
        var sent = await api.PostAsync($"/api/conversations/{id}/messages", new { content = marker });
        var token = await api.PostAsync("/api/account/tokens", new { name = marker });
        await Until.TrueAsync(async () =>
            (await api.GetAsync($"/api/conversations/{id}/messages"))["messages"]!.AsArray()[^1]!["state"]!.GetValue<string>()
                is not ("pending" or "streaming")
        );
        using var picture = new MultipartFormDataContent { { new ByteArrayContent(Convert.FromBase64String(Pixel)), "file", "face.png" } };
        using var uploaded = await api.Http.PostAsync("/api/avatars", picture);
        var avatar = (await uploaded.Content.ReadFromJsonAsync<JsonNode>())!;
        var dataset = await DatasetAsync(person, marker);
        var graded = await GradedRuns.MakeAsync(person, marker);
        var task = await TaskAsync(person, marker);
        return new Belongings(
            api,
            person.Id.ToString(),
            minion.Id.ToString(),
            minion.RepublicId,
            id,
            sent["message"]!["id"]!.GetValue<string>(),
            (await api.GetAsync("/api/account/sessions"))["sessions"]![0]!["id"]!.GetValue<string>(),
            token["access_token"]!["id"]!.GetValue<string>(),
            dataset,
            (await KnowledgeWorld.CollectionAsync(person, marker, (marker + ".md", $"# {marker}\n\nAll about {marker}.")))[
                "id"
            ]!.GetValue<string>(),
            await TrainingJobAsync(person, minion, dataset, marker),
            await ScheduleAsync(person, minion, dataset, marker),
            await CalibrationAsync(person, graded),
            await ComparisonAsync(person, graded, marker),
            Id().Match(avatar.ToJsonString()).Value,
            await CredentialAsync(person, marker),
            await BudgetAsync(person, minion),
            await PriceAsync(person, marker),
            await MemoryAsync(person, minion, marker),
            await ModelAsync(person, marker),
            await CapabilityAsync(person, marker),
            task,
            await TaskShareAsync(person, task, marker),
            await ScenarioAsync(person, marker),
            (await PlayedEpisode.AloneAsync(person, marker)).Id,
            await ToolServerAsync(person, marker),
            await ToolCallAsync(person, marker),
            await ArchiveWorld.ExportAsync(person),
            await ImportAsync(person, marker)
        );
    }

    /// <summary>All that they can see of their things: unchanged when others have knocked everywhere.</summary>
    public async Task<string> PictureAsync() =>
        string.Join(
            '\n',
            (await Api.GetAsync($"/api/minions/{Minion}")).ToJsonString(),
            (await Api.GetAsync($"/api/minions/{Minion}/tools")).ToJsonString(),
            (await Api.GetAsync($"/api/conversations/{Conversation}")).ToJsonString(),
            (await Api.GetAsync($"/api/conversations/{Conversation}/messages")).ToJsonString(),
            (await Api.GetAsync("/api/account/sessions"))["sessions"]!.AsArray().Count.ToString(CultureInfo.InvariantCulture),
            (await Api.GetAsync("/api/account/tokens")).ToJsonString(),
            (await Api.GetAsync($"/api/users/{Person}/training-datasets/{Dataset}")).ToJsonString(),
            (await Api.GetAsync($"/api/users/{Person}/collections/{Collection}")).ToJsonString(),
            (await Api.GetAsync($"/api/users/{Person}/collections/{Collection}/documents")).ToJsonString(),
            (await Api.GetAsync($"/api/users/{Person}/external-training/jobs/{TrainingJob}")).ToJsonString(),
            (await Api.GetAsync($"/api/users/{Person}/training-schedules/{Schedule}")).ToJsonString(),
            (await Api.GetAsync($"/api/training/calibration/{Calibration}")).ToJsonString(),
            (await Api.GetAsync($"/api/training/comparisons/{Comparison}")).ToJsonString(),
            (await Api.GetAsync($"/api/users/{Person}/providers/{Credential}")).ToJsonString(),
            (await Api.GetAsync($"/api/users/{Person}/budgets/{Budget}")).ToJsonString(),
            (await Api.GetAsync($"/api/users/{Person}/prices?search=hers")).ToJsonString(),
            (await Api.GetAsync($"/api/memories/{Memory}")).ToJsonString(),
            (await Api.GetAsync($"/api/personal-models/{Model}")).ToJsonString(),
            (await Api.GetAsync($"/api/citizens/{Person}/capabilities"))["capabilities"]!
                .AsArray()
                .Single(one => (string?)one!["id"] == Capability)!
                .ToJsonString(),
            (await Api.GetAsync($"/api/citizens/{Person}/custom-fields")).ToJsonString(),
            (await Api.GetAsync($"/api/tasks/{WorkTask}")).ToJsonString(),
            (await Api.GetAsync($"/api/tasks/{WorkTask}/comments")).ToJsonString(),
            (await Api.GetAsync($"/api/tasks/{WorkTask}/attempts")).ToJsonString(),
            (await Api.GetAsync($"/api/tasks/{WorkTask}/shares")).ToJsonString(),
            (await Api.GetAsync($"/api/scenarios/{Scenario}")).ToJsonString(),
            (await Api.GetAsync($"/api/scenarios/{Scenario}/states")).ToJsonString(),
            (await Api.GetAsync($"/api/scenarios/{Scenario}/roles")).ToJsonString(),
            (await Api.GetAsync($"/api/scenarios/{Scenario}/versions/1")).ToJsonString(),
            (await Api.GetAsync($"/api/episodes/{Episode}")).ToJsonString(),
            (await Api.GetAsync($"/api/tool-servers/{ToolServer}")).ToJsonString(),
            (await Api.GetAsync($"/api/tool-calls/{ToolCall}")).ToJsonString(),
            (await Api.GetAsync($"/api/account/exports/{Export}")).ToJsonString(),
            (await Api.GetAsync($"/api/account/imports/{Import}")).ToJsonString()
        );

    private static async Task<string> MemoryAsync(Inhabitant person, TestMinion minion, string marker)
    {
        var made = await person.Api.PostAsync("/api/memories", new { minion_id = minion.Id, content = marker });
        return made["memory"]!["id"]!.GetValue<string>();
    }

    /// <summary>Of the person as a citizen, who gets a custom field as well. That one may be there from before.</summary>
    private static async Task<string> CapabilityAsync(Inhabitant person, string marker)
    {
        var citizen = $"/api/citizens/{person.Id}";
        var fields = new[] { new { field_name = marker, field_value = marker } };
        await person.Api.PutAsync(citizen, new { interests = new[] { marker } });
        await person.Api.PutAsync($"{citizen}/custom-fields", new { custom_fields = fields });
        var made = await person.Api.PostAsync($"{citizen}/capabilities", new { name = $"{marker} {Guid.CreateVersion7():N}" });
        return made["capability"]!["id"]!.GetValue<string>();
    }

    private static async Task<string> ModelAsync(Inhabitant person, string marker)
    {
        var file = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "models", "sprout.gguf"));
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "hers.gguf" } };
        form.Add(new StringContent($"{marker} {Guid.CreateVersion7():N}"), "custom_name");
        using var uploaded = await person.Api.Http.PostAsync("/api/personal-models/upload", form);
        var id = (await uploaded.Content.ReadFromJsonAsync<JsonNode>())!["personal_model"]!["id"]!.GetValue<string>();
        await Until.TrueAsync(async () =>
            (await person.Api.GetAsync($"/api/personal-models/{id}/status"))["status"]!.GetValue<string>() == "ready"
        );
        return id;
    }

    private static async Task<string> DatasetAsync(Inhabitant person, string marker)
    {
        var datasets = $"/api/users/{person.Id}/training-datasets";
        var rows = new[] { new { prompt = $"What is {marker}?", completion = $"It is {marker} and nothing else." } };
        var made = await person.Api.PostAsync(datasets, new { name = marker, data = rows });
        var id = made["dataset"]!["id"]!.GetValue<string>();
        await Until.TrueAsync(async () =>
            (await person.Api.GetAsync($"{datasets}/{id}"))["dataset"]!["status"]!.GetValue<string>() != "processing"
        );
        return id;
    }

    /// <summary>Not started: nobody else may start it.</summary>
    private static async Task<string> TrainingJobAsync(Inhabitant person, TestMinion minion, string dataset, string marker)
    {
        var order = new
        {
            job_name = marker,
            minion_id = minion.Id,
            training_type = "lora_only",
            dataset_ids = new[] { dataset },
        };
        var made = await person.Api.PostAsync($"/api/users/{person.Id}/external-training/jobs", order);
        return made["job"]!["id"]!.GetValue<string>();
    }

    private static async Task<string> ScheduleAsync(Inhabitant person, TestMinion minion, string dataset, string marker)
    {
        var order = new
        {
            name = marker,
            minion_id = minion.Id,
            dataset_ids = new[] { dataset },
            at = "03:00",
        };
        var made = await person.Api.PostAsync($"/api/users/{person.Id}/training-schedules", order);
        return made["schedule"]!["id"]!.GetValue<string>();
    }

    /// <summary>Drawn and not graded: nobody else may grade it.</summary>
    private static async Task<string> CalibrationAsync(Inhabitant person, Guid graded)
    {
        var drawn = await person.Api.PostAsync("/api/training/calibration", new { job_id = graded });
        return drawn["calibration"]!["id"]!.GetValue<string>();
    }

    /// <summary>Of the versions before and after that run. Its provider is gone, so both answers fail.</summary>
    private static async Task<string> ComparisonAsync(Inhabitant person, Guid graded, string marker)
    {
        var compared = new Compared(person, (await TrainingWorld.JobAsync(person, graded))["minion_id"]!.GetValue<Guid>());
        var id = await compared.MakeAsync(marker, isBlind: false, 0, 1);
        await compared.EndAsync(id);
        return id.ToString();
    }

    private static async Task<string> TaskAsync(Inhabitant person, string marker)
    {
        var made = await person.Api.PostAsync("/api/tasks", new { title = marker, description = marker });
        var id = made["task"]!["id"]!.GetValue<string>();
        await person.Api.PostAsync($"/api/tasks/{id}/comments", new { content = marker });
        return id;
    }

    /// <summary>Nobody is called so: nobody else may answer it.</summary>
    private static async Task<string> TaskShareAsync(Inhabitant person, string task, string marker)
    {
        await person.Api.PostAsync($"/api/tasks/{task}/shares", new { username = marker });
        return (await person.Api.GetAsync($"/api/tasks/{task}/shares"))["shares"]![0]!["id"]!.GetValue<string>();
    }

    /// <summary>Published as it is made, and changed since.</summary>
    private static async Task<string> ScenarioAsync(Inhabitant person, string marker)
    {
        var facts = new[] { new { name = "secret", value = marker } };
        var made = await WrittenScenario.MakeAsync(
            person,
            new
            {
                name = marker,
                description = marker,
                facts,
            }
        );
        await made.PublishAsync();
        await made.AddRoleAsync(new { name = "actor", description = marker });
        await made.AddStateAsync(
            new
            {
                name = "act",
                node_type = "action",
                prompts = new[] { marker },
                roles = new[] { "actor" },
            }
        );
        return made.Id;
    }

    private static async Task<string> CredentialAsync(Inhabitant person, string marker)
    {
        var key = new
        {
            provider = "nvidia",
            label = $"{marker} {Guid.CreateVersion7():N}",
            api_key = "nvapi-0123456789abcdef",
        };
        var made = await person.Api.PostAsync($"/api/users/{person.Id}/providers", key);
        return made["provider"]!["id"]!.GetValue<string>();
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.None, 1000)]
    private static partial Regex Id();
}
