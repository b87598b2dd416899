using RestateCloud.Cedar.Tests.Oracle;

namespace RestateCloud.Cedar.Tests.Differential;

/// <summary>Writes entities, contexts and uids as JSON, now and then such as must be refused.</summary>
internal sealed class DataGenerator(Choices choices)
{
    public string Entities()
    {
        // The same entity twice with other content and a cycle of parents are refused; both come about, but not often.
        var entities = choices.Some(6, Entity).ToList();
        if (!choices.Once(50)) entities = [.. entities.DistinctBy(entity => entity.Split("attrs")[0])];
        if (entities.Count > 0 && choices.Once(30)) entities.Add(entities[0]);
        return $"[{string.Join(",", entities)}]";
    }

    public string Context()
    {
        var fields = choices.Some(5, () => choices.Below(10) switch
        {
            0 => "\"flag\":true",
            1 => $"\"n\":{Number()}",
            2 => "\"s\":\"a\"",
            3 => $"\"set\":[{string.Join(",", choices.Some(3, () => Value(1)))}]",
            4 => $"\"t\":{Extension("datetime", "\"2024-10-15\"")}",
            5 => $"\"d\":{Extension("decimal", "\"1.5\"")}",
            6 => $"\"a\":{Value(2)}",
            7 => $"\"r\":{Value(2)}",
            8 => $"\"boss\":{{\"__entity\":{Uid()}}}",
            _ => $"\"c d\":{Value(1)}",
        });

        // Twice the same name is worth its own choice, lest most contexts be refused.
        return $"{{{string.Join(",", choices.Once(60) ? fields : fields.DistinctBy(field => field.Split(':')[0]))}}}";
    }

    public string Uid() => $"{{\"type\":\"{Type()}\",\"id\":\"{Id()}\"}}";

    public string Action() => choices.Of(
        "{\"type\":\"Action\",\"id\":\"a\"}", "{\"type\":\"Action\",\"id\":\"a\"}", "{\"type\":\"Action\",\"id\":\"b\"}", "{\"type\":\"App::Action\",\"id\":\"a\"}", "{\"type\":\"User\",\"id\":\"a\"}");

    private string Entity()
    {
        var uid = choices.Once(4) ? Action() : Uid();
        if (choices.Once(20)) uid = $"{{\"__entity\":{uid}}}";
        var attributes = Fields("a", "b", "flag", "n", "r", "boss", "c d", "principal", "");
        var tags = choices.Once(3) ? $",\"tags\":{Fields("a", "b", "")}" : "";
        var parents = string.Join(",", choices.Some(3, () => uid.Contains("Action", StringComparison.Ordinal) ? "{\"type\":\"Action\",\"id\":\"g\"}" : choices.Once(40) ? Uid() : Parent(uid)));
        var more = choices.Once(60) ? choices.Of(",\"x\":1", ",\"tags\":null", ",\"attrs\":{}", ",\"parents\":[]") : "";
        return choices.Once(80)
            ? choices.Of("{}", $"{{\"uid\":{uid}}}", $"{{\"uid\":{uid},\"attrs\":{{}}}}", "null", $"{{\"uid\":\"User::a\",\"attrs\":{{}},\"parents\":[]}}")
            : $"{{\"uid\":{uid},\"attrs\":{attributes},\"parents\":[{parents}]{tags}{more}}}";
    }

    private string Parent(string child) => child.Contains("Group", StringComparison.Ordinal)
        ? "{\"type\":\"App::Doc\",\"id\":\"a\"}"
        : child.Contains("App", StringComparison.Ordinal) ? "{\"type\":\"App::Doc\",\"id\":\"z\"}"
        : $"{{\"type\":\"Group\",\"id\":\"{choices.Of("a", "b", "c")}\"}}";

    private string Fields(params string[] names)
    {
        var fields = choices.Some(4, () => (Name: choices.Of<string>(names), Value: Value(2)));
        var kept = choices.Once(150) ? fields : fields.DistinctBy(field => field.Name);
        return $"{{{string.Join(",", kept.Select(field => $"\"{field.Name}\":{field.Value}"))}}}";
    }

    private string Value(int depth)
    {
        if (choices.Once(80)) return Odd();
        return choices.Below(depth <= 0 ? 4 : 9) switch
        {
            0 => choices.Of("true", "false"),
            1 => Number(),
            2 => choices.Of("\"a\"", "\"\"", "\"b\"", "\"a*b\"", "\"\\u00e9\"", "\"é\"", "\"\\ud83d\\ude00\""),
            3 => $"{{\"__entity\":{Uid()}}}",
            4 => $"[{string.Join(",", choices.Some(3, () => Value(depth - 1)))}]",
            5 => $"{{{string.Join(",", choices.Some(3, () => (Name: choices.Of("a", "b", "c"), Value: Value(depth - 1))).DistinctBy(field => field.Name).Select(field => $"\"{field.Name}\":{field.Value}"))}}}",
            6 => Extension("ip", choices.Mostly<string>(["\"10.0.0.1\"", "\"::1\"", "\"10.0.0.0/8\""], ["\"10.0.0.256\""])),
            7 => Extension("duration", choices.Mostly<string>(["\"1h\"", "\"-1ms\""], ["\"1h1h\""])),
            _ => $"{{\"__extn\":{{\"fn\":\"offset\",\"args\":[{Extension("datetime", "\"2024-10-15\"")},{Extension("duration", "\"1h\"")}]}}}}",
        };
    }

    private string Extension(string function, string argument) => choices.Of(
        $"{{\"__extn\":{{\"fn\":\"{function}\",\"arg\":{argument}}}}}", $"{{\"__extn\":{{\"fn\":\"{function}\",\"args\":[{argument}]}}}}");

    private string Number() => choices.Mostly<string>(
        ["1", "0", "-1", "9223372036854775807", "-9223372036854775808", "9007199254740993"], ["9223372036854775808", "1.0", "1e2", "-0", "01", "+1"]);

    private string Odd() => choices.Of(
        "null", "1.5", "9223372036854775808", "{\"__expr\":\"1\"}", "{\"__entity\":{\"type\":\"User\"}}", "{\"__entity\":{\"type\":\"1\",\"id\":\"a\"}}",
        "{\"__entity\":{\"type\":\"App :: Doc\",\"id\":\"a\"}}", "{\"__entity\":{\"type\":\"User\",\"id\":\"a\",\"x\":1}}", "{\"__entity\":{\"type\":\"User\",\"id\":\"a\"},\"x\":1}",
        "{\"__extn\":{\"fn\":\"ip\"}}", "{\"__extn\":{\"fn\":\"ip\",\"arg\":1}}", "{\"__extn\":{\"fn\":\"isIpv4\",\"arg\":\"::1\"}}", "{\"__extn\":\"ip(\\\"::1\\\")\"}",
        "{\"__extn\":{\"fn\":\"ip\",\"args\":[]}}", "{\"__extn\":{\"fn\":\"ip\",\"args\":[\"::1\",\"::1\"]}}", "{\"__extn\":{\"fn\":\"toDate\",\"arg\":{\"__extn\":{\"fn\":\"datetime\",\"arg\":\"2024-10-15T11:35:00Z\"}}}}",
        "{\"__extn\":{\"fn\":\"ip\",\"arg\":\"::1\",\"args\":[]}}", "{\"a\":1,\"a\":2}", "{\"a\":{\"b\":null}}", "\"\\ud800\"", "[[[[[]]]]]", "{\"type\":\"User\",\"id\":\"a\"}");

    private string Type() => choices.Of("User", "User", "Group", "App::Doc");

    private string Id() => choices.Of("a", "a", "b", "c", "", "\\u00e9\\\"", "😀");
}
