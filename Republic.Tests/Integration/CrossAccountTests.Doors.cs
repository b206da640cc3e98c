using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <content>Every door that takes an id or writes, and what of another person's is put into it.</content>
public sealed partial class CrossAccountTests
{
    /// <summary>Where a route takes an id: what of Ada's is put there.</summary>
    private static readonly (string Prefix, Func<Belongings, string> Id)[] Takes =
    [
        ("/api/account/sessions/", ada => ada.Session),
        ("/api/account/tokens/", ada => ada.Token),
        ("/api/avatars/", ada => ada.Avatar),
        ("/api/citizens/", ada => ada.Person),
        ("/api/conversations/", ada => ada.Conversation),
        ("/api/memories/", ada => ada.Memory),
        ("/api/messages/", ada => ada.Message),
        ("/api/minions/", ada => ada.Minion),
        ("/api/personal-models/", ada => ada.Model),
        ("/api/tasks/", ada => ada.WorkTask),
        ("/api/training/calibration/", ada => ada.Calibration),
        ("/api/training/comparisons/", ada => ada.Comparison),
        ("/api/training/export-data/", ada => ada.Minion),
        ("/api/training/jobs/", ada => ada.TrainingJob),
        ("/api/training/rows/", ada => ada.Minion),
        ("/api/training/rules/", ada => ada.Minion),
        ("/api/users/{user_id}/budgets/", ada => ada.Budget),
        ("/api/users/{user_id}/prices/", ada => ada.Price),
        ("/api/users/{user_id}/collections/", ada => ada.Collection),
        ("/api/users/{user_id}/external-training/jobs/", ada => ada.TrainingJob),
        ("/api/users/{user_id}/providers/", ada => ada.Credential),
        ("/api/users/{user_id}/training-datasets/", ada => ada.Dataset),
        ("/api/users/{user_id}/training-schedules/", ada => ada.Schedule),
        ("/chats/", ada => ada.Conversation),
        ("/citizens/", ada => ada.Person),
        ("/datasets/", ada => ada.Dataset),
        ("/knowledge/", ada => ada.Collection),
        ("/models/", ada => ada.Minion),
        ("/personal-models/", ada => ada.Model),
        ("/providers/keys/", ada => ada.Credential),
        ("/providers/", ada => ada.Credential),
        ("/tasks/", ada => ada.WorkTask),
        ("/training/calibration/", ada => ada.Calibration),
        ("/training/comparisons/", ada => ada.Comparison),
        ("/training/schedules/", ada => ada.Schedule),
        ("/training/", ada => ada.TrainingJob),
        ("/v1/models/", ada => ada.RepublicId),
    ];

    /// <summary>Forms that take an id as a field.</summary>
    private static readonly Dictionary<string, (string Field, Func<Belongings, string> Id)> Forms = new(StringComparer.Ordinal)
    {
        ["POST /account/security?handler=End"] = ("id", ada => ada.Session),
        ["POST /account/tokens?handler=Revoke"] = ("id", ada => ada.Token),
        ["POST /chats"] = ("minion", ada => ada.Minion),
        ["POST /models/form?handler=FallbackModels"] = ("Input.Id", ada => ada.Minion),
        ["POST /models/form?handler=Fallbacks"] = ("Input.Id", ada => ada.Minion),
        ["POST /models/form?handler=Fields"] = ("Input.Id", ada => ada.Minion),
        ["POST /models/form?handler=Models"] = ("Input.Id", ada => ada.Minion),
        ["POST /models/form?handler=Test"] = ("Input.Id", ada => ada.Minion),
        ["POST /providers?handler=Default"] = ("id", ada => ada.Credential),
        ["POST /providers?handler=Share"] = ("id", ada => ada.Credential),
        ["POST /providers?handler=Test"] = ("key", ada => ada.Credential),
        ["POST /memories?handler=Accept"] = ("id", ada => ada.Memory),
        ["POST /memories?handler=Add"] = ("Input.MinionId", ada => ada.Minion),
        ["POST /memories?handler=Forget"] = ("id", ada => ada.Memory),
        ["POST /memories?handler=ForgetAll"] = ("Minion", ada => ada.Minion),
        ["POST /memories?handler=Save"] = ("id", ada => ada.Memory),
        ["POST /memories?handler=Settle"] = ("id", ada => ada.Memory),
        ["POST /training/calibration"] = ("Job", ada => ada.TrainingJob),
        ["POST /training/chats?handler=Rules"] = ("Minion", ada => ada.Minion),
        ["POST /training/chats?handler=Schedule"] = ("Minion", ada => ada.Minion),
        ["POST /training/chats?handler=Train"] = ("Minion", ada => ada.Minion),
        ["POST /training/chats/choose"] = ("Minion", ada => ada.Minion),
        ["POST /training/chats/choose?handler=DeleteRows"] = ("Minion", ada => ada.Minion),
        ["POST /training/comparisons"] = ("Input.MinionId", ada => ada.Minion),
        ["POST /training/comparisons?handler=Take"] = ("Input.MinionId", ada => ada.Minion),
        ["POST /training/new"] = ("Input.MinionId", ada => ada.Minion),
        ["POST /training/new?handler=Effect"] = ("Input.MinionId", ada => ada.Minion),
        ["POST /training/new?handler=Fields"] = ("Input.MinionId", ada => ada.Minion),
        ["POST /training/new?handler=Judge"] = ("Input.MinionId", ada => ada.Minion),
        ["POST /training/schedules/new"] = ("Input.MinionId", ada => ada.Minion),
        ["POST /providers/prices?handler=Reset"] = ("id", ada => ada.Price),
        ["POST /providers/spending?handler=Delete"] = ("id", ada => ada.Budget),
        ["POST /providers/spending?handler=Save"] = ("Input.Id", ada => ada.Budget),
        ["POST /training?handler=Delete"] = ("id", ada => ada.TrainingJob),
        ["POST /training?handler=Start"] = ("id", ada => ada.TrainingJob),
        ["POST /training?handler=Stop"] = ("id", ada => ada.TrainingJob),
    };

    /// <summary>Routes without an id that write, or ask about something in their body, and why a stranger's things are out of their reach.</summary>
    private static readonly Dictionary<string, Func<Belongings, object?>?> Writes = new(StringComparer.Ordinal)
    {
        // Bodies that could name another person's things.
        ["POST /api/training/calibration"] = ada => new { job_id = ada.TrainingJob },
        ["POST /api/training/comparisons"] = ada => new
        {
            prompt = "mine",
            candidates = new[] { new { minion_id = ada.Minion, version = 0 }, new { minion_id = ada.Minion, version = 1 } },
        },
        ["POST /api/tasks"] = ada => new { title = "mine", parent_id = ada.WorkTask },
        ["POST /api/memories"] = ada => new { minion_id = ada.Minion, content = "mine" },
        ["POST /api/training/export-data"] = ada => new { minion_id = ada.Minion },
        ["POST /api/training/start-job"] = ada => new { minion_id = ada.Minion },
        ["POST /api/training/deploy"] = ada => new { job_id = ada.TrainingJob },
        ["POST /api/training/start"] = ada => new { reference_minion_id = ada.Minion, dataset_id = ada.Dataset },
        ["POST /api/users/{user_id}/external-training/jobs"] = ada => new
        {
            job_name = "mine",
            minion_id = ada.Minion,
            training_type = "lora_only",
            dataset_ids = new[] { ada.Dataset },
        },
        ["POST /api/users/{user_id}/training-schedules"] = ada => new
        {
            name = "mine",
            minion_id = ada.Minion,
            dataset_ids = new[] { ada.Dataset },
            at = "03:00",
        },
        ["POST /api/users/{user_id}/budgets"] = ada => new
        {
            scope = "minion",
            subject = ada.Minion,
            monthly_usd = 1,
        },
        ["POST /api/users/{user_id}/collections"] = ada => new
        {
            name = "mine",
            embedding = new
            {
                provider = "nvidia",
                model_id = "an-embedding-model",
                credential_id = ada.Credential,
            },
        },
        ["POST /api/conversations"] = ada => new { participants = new[] { ada.Minion } },
        ["POST /api/minions"] = ada => new
        {
            name = "thief",
            provider = "local",
            model_id = "sprout",
            owner_id = ada.Person,
            avatar_url = $"/api/avatars/{ada.Avatar}.png",
            credential_id = ada.Credential,
        },
        ["POST /v1/chat/completions"] = ada => new { model = ada.RepublicId, messages = new[] { new { role = "user", content = "hi" } } },
        ["POST /v1/embeddings"] = ada => new { model = ada.RepublicId, input = "hi" },
        // These know the person from the session or make something new of one's own, and name nothing that exists.
        ["POST /account?handler=Profile"] = null,
        ["POST /account?handler=Theme"] = null,
        ["POST /account/password"] = null,
        ["POST /account/sign-in"] = null,
        ["POST /account/sign-out"] = null,
        ["POST /account/sign-up"] = null,
        ["POST /account/tokens"] = null,
        // Only a superuser's, and they name hosts.
        ["DELETE /api/admin/allowed-hosts"] = null,
        ["POST /admin/hosts"] = null,
        ["POST /admin/hosts?handler=Allow"] = null,
        ["POST /admin/hosts?handler=TakeBack"] = null,
        ["POST /api/admin/allowed-hosts"] = null,
        ["POST /api/account/login"] = null,
        ["POST /api/account/logout"] = null,
        ["POST /api/account/refresh"] = null,
        ["POST /api/account/register"] = null,
        ["POST /api/account/tokens"] = null,
        ["POST /api/avatars"] = null,
        ["POST /api/minions/import"] = null,
        ["POST /api/personal-models/download"] = null,
        ["POST /api/personal-models/upload"] = null,
        ["POST /personal-models?handler=Download"] = null,
        ["POST /personal-models/available"] = null,
        ["POST /personal-models/upload"] = null,
        ["PUT /api/memories/settings"] = null,
        ["POST /memories/settings"] = null,
        ["POST /api/users/{user_id}/providers"] = null,
        ["POST /api/users/{user_id}/providers/test"] = null,
        ["POST /api/users/{user_id}/prices"] = null,
        ["POST /api/users/{user_id}/training-datasets"] = null,
        ["POST /api/users/{user_id}/training-datasets/look"] = null,
        ["POST /datasets/columns"] = null,
        ["POST /datasets/columns?handler=Check"] = null,
        ["POST /datasets/columns?handler=Show"] = null,
        ["POST /datasets/new?handler=Paste"] = null,
        ["POST /datasets/new?handler=Type"] = null,
        ["POST /datasets/upload"] = null,
        ["POST /knowledge/new"] = null,
        ["POST /models/import"] = null,
        ["POST /models/new"] = null,
        ["POST /models/new?handler=BuiltIn"] = null,
        ["POST /providers/keys/new"] = null,
        ["POST /providers/keys/new?handler=Test"] = null,
        ["POST /providers/prices?handler=Set"] = null,
        ["POST /setup"] = null,
        ["POST /welcome?handler=Meet"] = null,
    };
}
