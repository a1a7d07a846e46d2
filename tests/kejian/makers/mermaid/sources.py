"""Sources that are drawn whole, by what they show."""

WHOLE = {
    "tight": """\
graph TD
  A-->B
  B-->C
  A-->C
""",
    "semi": """\
graph TD; A-->B; B-->C;
""",
    "old graph": """\
graph LR
  A[甲] --> B{判断} -->|是| C((圆)) & D([x])
  B -- 否 --> E[[sub]]
  E -.-> F ==> G --- H
""",
    "labels": """\
flowchart LR
 A---|text|B
 A-- text two -->C
 C-. dotted .->D
 D== thick ==>E
 E ~~~ F
 F --o G
 G --x H
 H <--> I
 I o--o J
 J x--x K
""",
    "shapes": """\
flowchart TD
 a[/斜/] --> b[\\反\\]
 b --> c[/梯\\]
 c --> d[\\倒/]
 d --> e{{六角}}
 e --> f>旗]
 f --> g[(数据库)]
 g --> h(((双圆)))
""",
    "new shapes": """\
flowchart TD
 A@{ shape: manual-file, label: "文件处理"}
 B@{ shape: docs, label: "Multiple"} --> A
""",
    "edge ids": """\
flowchart LR
 A e1@--> B
 e1@{ animate: true }
""",
    "styles": """\
graph TD
  A:::red --> B
  classDef red fill:#f00,stroke:#333,stroke-width:4px
  class A red
  style B fill:#0f0
  %% 注
  click A "http://x.y"
  linkStyle 0 stroke:#f00
""",
    "groups": """\
graph LR
  subgraph S1 [组]
  X --> Y
  end
  Y --> Z
  S1 --> W
""",
    "subgraph dirs": """\
flowchart LR
  subgraph TOP
    direction TB
    subgraph B1
        direction RL
        i1 -->f1
    end
    subgraph B2
        direction BT
        i2 -->f2
    end
  end
  A --> TOP --> B
  B1 --> B2
""",
    "pairs": """\
graph LR
  A & B --> C & D
  A --> A
""",
    "markup": """\
graph TD
  A["第一行<br/>第二行"] --> B["a <b>bold</b> &amp; b (c)"]
 B --> C["#quot;引#quot; #9829;"]
""",
    "md": """\
flowchart LR
 A["`**粗体** and _it_
第二行`"] --> B
""",
    "unicode": """\
flowchart LR
 id["This ❤ Unicode"]
""",
    "icons": """\
flowchart TD
 B["fa:fa-twitter 和平"]
 B-->C["fab:fa-truck-bold a custom icon"]
""",
    "title": """\
---
title: 标题 Node
---
flowchart LR
 id
""",
    "acc": """\
flowchart LR
 accTitle: 大图
 accDescr: 说明 of it
 A --> B
""",
    "long label": """\
flowchart LR
 A["一个非常长的标签，里面有很多的字，需要换行才能放得下，否则太宽"] --> B["a label of many words, to be wrapped"]
""",
    "dup labels": """\
flowchart LR
 a[x] -->|是| b[x]
 b -->|是| c[x]
""",
    "config": """\
---
config:
  theme: forest
  look: handDrawn
---
flowchart LR
 A --> B
""",
    "init": """\
%%{init: {"theme": "dark", "flowchart": {"curve": "linear"}} }%%
flowchart LR
 A --> B
""",
    "comments": """\
flowchart LR
 %% 注释 here
 A --> B %% trailing
""",
    "states": """\
stateDiagram-v2
  [*] --> A
  A --> B : go
  state C {
    D --> E
  }
  B --> [*]
""",
    "states 2": """\
stateDiagram-v2
  state "长 描述" as s2
  state fork_state <<fork>>
  [*] --> fork_state
  fork_state --> s2
  fork_state --> S3
  state join_state <<join>>
  s2 --> join_state
  S3 --> join_state
  join_state --> [*]
  state if_state <<choice>>
  S3 --> if_state
  if_state --> False: if n < 0
  note left of S3 : 短注
  note right of s2
    多行
    注解
  end note
""",
    "states conc": """\
stateDiagram-v2
 [*] --> Active
 state Active {
 [*] --> NumOff
 NumOff --> NumOn : EvNum
 --
 [*] --> CapsOff
 CapsOff --> CapsOn : Ev
 }
""",
    "old state": """\
stateDiagram
 direction LR
 [*] --> Still
 Still --> Moving
""",
    "seq1": """\
sequenceDiagram
  participant A as 甲
  actor B
  A->>B: 你好
  B-->>A: hi
  Note over A,B: 注
  loop 每天
  A->>A: self
  end
  alt x
  A-xB: lost
  else y
  A-)B: async
  end
""",
    "seq2": """\
sequenceDiagram
  title 标题
  box Aqua 组一
  participant A
  participant J as John<br/>二
  end
  A->>+J: Hello
  J-->>-A: great!
  par 并行
  A->>J: p1
  and 二
  A->>J: p2
  end
  critical 建立
  A->>J: c
  option 超时
  A->>J: d
  end
  break 出错
  A-->J: e
  end
  rect rgb(191, 223, 255)
  A->J: f
  end
  opt 可选
  A--)J: g
  end
  create participant C
  A->>C: Hi
  destroy C
  A-xC: bye
""",
    "seq3": """\
sequenceDiagram
  autonumber
  Alice->>John: Hello John, how are you?
  John-->>Alice: 我很好
  Note right of John: 想一想
  Alice<<->>John: both
""",
    "seq dup": """\
sequenceDiagram
 A->>B: ok
 B->>A: ok
 A->>B: ok
""",
    "class1": """\
classDiagram
  class Animal {
    +int age
    +run() void
  }
  Animal <|-- Duck
  Animal o-- Leg : has
  Animal "1" --> "*" Food : eats
  class 动物
""",
    "class2": """\
classDiagram
 direction LR
 namespace Shapes {
 class Triangle
 class Rect
 }
 class BankAccount
 BankAccount : +String owner
 BankAccount : +deposit(amount) bool
 <<service>> BankAccount
 note "一个注"
 note for Triangle "三角形"
 A <|.. B
 C ..|> D : 实现
 E *-- F
 G --* H
 I -- J
 K .. L
 M ()-- N
 class Sq~Shape~{
 int id
 List~int~ position
 setPoints(List~int~ points)
 }
 class L["标签 label"]
""",
    "er1": """\
erDiagram
  CUSTOMER ||--o{ ORDER : places
  ORDER {
    int id
  }
""",
    "er2": """\
erDiagram
 direction LR
 p[人] {
 string name PK, FK "名字"
 }
 a["Customer Account"] {
 string email UK
 }
 p ||--o| a : "has 有"
 X zero or more to one Y : r
""",
    "gantt1": """\
gantt
 title 项目
 dateFormat YYYY-MM-DD
 axisFormat %m-%d
 excludes weekends
 todayMarker off
 section 一节
 A task :done, des1, 2014-01-06,2014-01-08
 进行中 :active, des2, 2014-01-09, 3d
 Future: des3, after des2, 5d
 section Critical 任务
 crit one :crit, done, 2014-01-06,24h
 里程碑 : milestone, m1, 2014-01-16, 0d
 click des1 href "https://x.org/"
""",
    "pie1": """\
pie title 宠物
 "Dogs" : 386
 "猫" : 85.9
""",
    "mind1": """\
mindmap
  root((mindmap))
    Origins
      Long history
      ::icon(fa fa-book)
    Research
      On effectiveness<br/>and features
      Tools
        Pen and paper
    id[方]
    id2(圆角)
    id3))bang((
    id4)cloud(
    id5{{六}}
""",
    "mind dup": """\
mindmap
 根
  甲
   x
  乙
   x
""",
    "journey1": """\
journey
    title My working day
    section Go to work
      Make tea: 5: Me
      上楼: 3: Me
      Do work: 1: Me, Cat
    section Go home
      Sit down: 5: Me
""",
    "time1": """\
timeline
    title 社交媒体
    2002 : LinkedIn
    2004 : Facebook
         : Google
    2005 : YouTube<br>视频
    2006 : Twitter
""",
    "git1": """\
gitGraph LR:
   commit id: "A"
   commit id: "反" type: REVERSE
   branch develop order: 2
   commit
   checkout main
   commit id: "H" type: HIGHLIGHT tag: "v1.0.0"
   merge develop id: "合" tag: "t" type: REVERSE
   branch "特性"
   commit
   cherry-pick id: "A"
""",
    "git2": """\
gitGraph
   commit
   commit
   branch develop
   checkout develop
   commit
   commit
   checkout main
   merge develop
   commit
   commit
""",
    "quad1": """\
quadrantChart
    title Reach and engagement
    x-axis Low Reach --> High Reach
    y-axis 低 --> 高
    quadrant-1 We should expand
    quadrant-2 Need to promote
    quadrant-3 Re-evaluate
    quadrant-4 May be improved
    Campaign A: [0.3, 0.6]
    "校园 B" : [0.45, 0.23] radius: 12, color: #ff3300
""",
    "sank1": """\
sankey-beta

%% source,target,value
Agricultural,Bio-conversion,124.729
"Bio-conversion","Losses, 损",26.862
""",
    "sank2": """\
sankey
A,B,1
B,C,1
""",
    "xy1": """\
xychart-beta
    title "Sales Revenue"
    x-axis [jan, feb, "三月", apr]
    y-axis "Revenue (in $)" 4000 --> 11000
    bar [5000, 6000, 7500, 8200]
    line [5000, 6000, 7500, 8200]
""",
    "xy2": """\
xychart-beta horizontal
 x-axis 轮 1 --> 10
 y-axis 损失
 line 训练 [1, 2.5, 3]
""",
    "block1": """\
block-beta
 columns 1
  db(("DB"))
  blockArrowId6<["  "]>(down)
  block:ID
    A
    B["A wide one in the middle"]
    C
  end
  space
  D
  ID --> D
  C -- "标" --> D
  style B fill:#969,stroke:#333,stroke-width:4px
""",
    "packet1": """\
packet-beta
title UDP 报文
0-15: "Source Port"
16-31: "目的端口"
+16: "Length"
""",
    "kanban1": """\
kanban
  Todo
    [Create Documentation]
    docs[写博客]
  [In progress]
    id6[Create renderer]@{ assigned: 'knsv', priority: 'High', ticket: MC-1 }
""",
    "arch1": """\
architecture-beta
    group api(cloud)[API]
    service db(database)[数据库] in api
    service disk1(disk)[Storage] in api
    service server(server)[Server] in api
    junction j in api
    db:L -- R:server
    disk1:T -[标]- B:server
""",
    "req1": """\
requirementDiagram
    requirement test_req {
    id: 1
    text: the test text.
    risk: high
    verifymethod: test
    }
    functionalRequirement "功能" {
 id: 1.1
 text: "第二"
 risk: low
 verifymethod: inspection
 }
    element test_entity {
    type: simulation
 docRef: reqs/x
    }
    test_entity - satisfies -> test_req
 test_req - traces -> "功能"
""",
    "c4a": """\
C4Context
  title System Context
  Enterprise_Boundary(b0, "边界") {
    Person(customerA, "客户 A", "A customer of the bank.")
    System(SystemAA, "Internet Banking", "Allows")
    SystemDb_Ext(d, "DB", "x")
  }
  BiRel(customerA, SystemAA, "Uses")
  Rel(SystemAA, d, "读", "SQL")
 UpdateElementStyle(customerA, $fontColor="red", $bgColor="grey", $borderColor="red")
""",
    "radar1": """\
radar-beta
  title 成绩
  axis m["Math"], s["Science"], e["English"]
  axis h["历史"], g["Geo"]
  curve a["Alice"]{85, 90, 80, 70, 75}
  curve b["Bob"]{70, 75, 85, 80, 90}
  max 100
  min 0
 graticule polygon
 ticks 4
 showLegend true
""",
    "tree1": """\
treemap-beta
"Section 1"
    "Leaf 1.1": 12
    "节 1.2"
      "Leaf 1.2.1": 12
"Section 2"
    "Leaf 2.1": 20
""",
    "zen1": """\
zenuml
    title Demo
    Alice->John: Hello John, how are you?
    John->Alice: Great!
    Alice->John: See you later!
""",
}
